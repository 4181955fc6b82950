// What is inside, as a CycloneDX file for machines.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../project.mjs';
import { shipped } from './closure.mjs';

/** @typedef {{ type: string, name: string, version: string, 'bom-ref': string, [field: string]: unknown }} Component */
/** @typedef {{ ref: string, dependsOn: string[] }} Dependency */
/** @typedef {{ metadata: { component: Component }, components: Component[], dependencies: Dependency[] }} Bom */

/**
 * npm's own list, without the tools, and with Electron and the models.
 * @param {{ version: string }} electron @returns {string} JSON of CycloneDX
 */
export function bom(electron) {
  const { stdout, status } = spawnSync('npm', ['sbom', '--sbom-format=cyclonedx', '--include=dev'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    env: { ...process.env, NODE_ENV: '' }, // electron-builder sets it, and npm leaves things out then
    shell: process.platform === 'win32', // npm is npm.cmd there
  });
  if (status !== 0) throw new Error('npm could not list the dependencies.');
  const all = /** @type {Bom} */ (JSON.parse(stdout));
  const found = ofTheProduct(all, electron, models());
  const named = new Set(found.components.map((each) => each['bom-ref']));
  const missing = [...shipped().values()].filter(({ name, version }) => !named.has(`${name}@${version}`));
  if (missing.length > 0) throw new Error(`npm does not list ${missing.map(({ name }) => name).join(', ')}.`);
  return `${JSON.stringify(found, null, 2)}\n`;
}

/** @param {Bom} all @param {{ version: string }} electron @param {Component[]} packages @returns {Bom} */
export function ofTheProduct(all, electron, packages) {
  const inside = new Set([...shipped().values()].map(({ name, version }) => `${name}@${version}`));
  const program = all.metadata.component['bom-ref'];
  const more = [
    {
      type: 'framework',
      name: 'electron',
      version: electron.version,
      'bom-ref': `electron@${electron.version}`,
    },
    ...packages,
  ];
  const components = all.components.filter((each) => inside.has(each['bom-ref'])).map(withoutMark);
  const known = new Set(components.map((each) => each['bom-ref']));
  return {
    ...all,
    metadata: {
      ...all.metadata,
      component: { ...all.metadata.component, type: 'application', name: 'tessera' },
    },
    components: [...components, ...more],
    dependencies: [
      ...all.dependencies
        .filter(({ ref }) => ref === program || known.has(ref))
        .map(({ ref, dependsOn }) => ({
          ref,
          dependsOn: [
            ...dependsOn.filter((each) => known.has(each)),
            ...(ref === program ? more.map((each) => each['bom-ref']) : []),
          ],
        })),
      ...more.map((each) => ({ ref: each['bom-ref'], dependsOn: [] })),
    ],
  };
}

/** What the page is made with is shipped, whatever package.json counts it among. @param {Component} component @returns {Component} */
function withoutMark({ properties, ...component }) {
  const others = /** @type {{ name: string }[] | undefined} */ (properties)?.filter(
    ({ name }) => name !== 'cdx:npm:package:development',
  );
  return { ...component, ...(others && others.length > 0 && { properties: others }) };
}

/** The embedded packages of models. @returns {Component[]} */
function models() {
  const folder = path.join(root, 'native-models', 'packages');
  return readdirSync(folder).map((id) => {
    const text = readFileSync(path.join(folder, id, 'manifest.json'), 'utf8');
    const { version, license } = /** @type {{ version: string, license: string }} */ (JSON.parse(text));
    return {
      type: 'machine-learning-model',
      name: id,
      version,
      'bom-ref': `${id}@${version}`,
      licenses: [{ license: { name: license } }],
    };
  });
}

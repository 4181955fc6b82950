import { expect, test } from 'vitest';
import { shipped } from '../../../build/packaging/closure.mjs';
import { notices } from '../../../build/packaging/notices.mjs';
import { ofTheProduct } from '../../../build/packaging/sbom.mjs';

const component = (name: string, version: string) => ({
  type: 'library',
  name,
  version,
  'bom-ref': `${name}@${version}`,
  properties: [{ name: 'cdx:npm:package:development', value: 'true' }],
});

test('the list of what is inside has what is shipped, Electron and the models, and no tool', () => {
  const { version } = [...shipped().values()].find(({ name }) => name === 'konva')!;
  const all = {
    bomFormat: 'CycloneDX',
    metadata: { component: { ...component('beyond', '1'), 'bom-ref': 'tessera@1' } },
    components: [component('konva', version), component('vitest', '4.0.0')],
    dependencies: [
      { ref: 'tessera@1', dependsOn: [`konva@${version}`, 'vitest@4.0.0'] },
      { ref: `konva@${version}`, dependsOn: [] },
      { ref: 'vitest@4.0.0', dependsOn: [] },
    ],
  };
  const model = { type: 'machine-learning-model', name: 'tiny', version: '1', 'bom-ref': 'tiny@1' };
  const { metadata, components, dependencies } = ofTheProduct(all, { version: '45.0.0' }, [model]);
  expect(metadata.component).toMatchObject({ type: 'application', name: 'tessera' });
  expect(components.map((each) => each['bom-ref'])).toEqual([
    `konva@${version}`,
    'electron@45.0.0',
    'tiny@1',
  ]);
  expect(components[0]).not.toHaveProperty('properties');
  expect(dependencies).toEqual([
    { ref: 'tessera@1', dependsOn: [`konva@${version}`, 'electron@45.0.0', 'tiny@1'] },
    { ref: `konva@${version}`, dependsOn: [] },
    { ref: 'electron@45.0.0', dependsOn: [] },
    { ref: 'tiny@1', dependsOn: [] },
  ]);
});

test('the notices name all that is shipped, the parts under the LGPL, and what is inside OpenJPEG', () => {
  const text = notices();
  for (const { name, version } of shipped().values()) expect(text).toContain(`${name} ${version} (`);
  expect(text).toMatch(/\| libvips +\| LGPLv3/);
  expect(text).toContain('resources/app.asar.unpacked/node_modules/wasm-vips/lib');
  expect(text).toContain('resources/app.asar.unpacked/node_modules/libheif-js/libheif-wasm');
  expect(text).toMatch(/libde265 under the GNU Lesser General Public License/);
  expect(text).toContain('Universite catholique de Louvain (UCL)');
});

import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { userPackages } from '../../../../electron/io/packageFolders.ts';
import { tinyTokenizer } from '../../native-models/runtime/fixtures.ts';
import {
  UT_SAMPLER,
  UT_TOKENIZER,
  writeWeights,
} from '../../../unit/native-models/importers/recognise/files.ts';
import { zip } from '../../native-models/runtime/zip.ts';
import { tessera, TINY, workspace } from './support.ts';

const space = workspace();
let archive = '';

beforeAll(() => {
  const entries = readdirSync(TINY).map((name) => ({ name, data: readFileSync(path.join(TINY, name)) }));
  archive = space.write('tiny.tspkg', zip(entries));
});

describe('packages', () => {
  it('installs a package, lists it and lets it be used by its id', async () => {
    const installed = await tessera('packages', '--install', archive);
    expect(installed).toMatchObject({ code: 0, stderr: '' });
    expect(installed.stdout).toContain('Installed tiny 1.0.0');

    const { stdout } = await tessera('packages', '--json');
    const listed = JSON.parse(stdout) as { packages: Record<string, unknown>[]; providers: string[] };
    expect(listed.providers).toContain('cpu');
    expect(listed.packages.find(({ id }) => id === 'tiny')).toMatchObject({
      ok: true,
      name: 'Tiny greys',
      version: '1.0.0',
      license: 'MIT',
      codes: 8,
      folder: path.join(userPackages(), 'tiny'),
    });
    expect((await tessera('info', 'tiny')).stdout).toContain('Tiny greys');
  });

  it('works with the tokens of a package without a denoiser, and offers others for what needs one', async () => {
    const picture = path.join(import.meta.dirname, '../../../../assets/samples/rocket.jpg');
    const tokens = space.at('rocket.json');
    const plain = tinyTokenizer();
    expect(await tessera('encode', picture, '--out', tokens, '--package', plain)).toMatchObject({ code: 0 });
    const decoded = space.at('rocket.png');
    expect(await tessera('decode', tokens, '--out', decoded, '--package', plain)).toMatchObject({ code: 0 });
    const asked = await tessera('tokens', tokens, '--likelihood', '--package', plain);
    expect(asked.code).toBe(1);
    expect(asked.stderr).toMatch(
      /^tessera: The package tiny-tokenizer has no denoiser: .* These have one: .*tessera-base.*\.\n$/,
    );
  });

  it('lists a broken package with its problem', async () => {
    const folder = path.join(userPackages(), 'broken');
    mkdirSync(userPackages(), { recursive: true });
    cpSync(TINY, folder, { recursive: true });
    writeFileSync(path.join(folder, 'manifest.json'), '{');
    const { code, stdout } = await tessera('packages');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^BROKEN .*broken\n {2}\S.*$/m);
  });
});

describe('packages of a person', () => {
  it('are shown, verified and removed', async () => {
    await tessera('packages', '--install', archive, '--replace');
    const shown = await tessera('packages', 'show', 'tiny');
    expect(shown.code).toBe(0);
    expect(shown.stdout).toContain('denoiser.onnx');
    expect(shown.stdout).toContain('test/fixtures/tiny-package/make.py');

    expect((await tessera('packages', 'verify', 'tiny')).stdout).toMatch(/^tiny 1\.0\.0 is intact/);
    const file = path.join(userPackages(), 'tiny', 'decoder.onnx');
    const bytes = readFileSync(file);
    bytes[10]! ^= 1;
    writeFileSync(file, bytes);
    const damaged = await tessera('packages', 'verify', 'tiny', '--json');
    expect(damaged.code).toBe(1);
    expect(JSON.parse(damaged.stdout)).toMatchObject({ ok: false, packages: [{ ok: false, id: 'tiny' }] });

    const removed = await tessera('packages', 'remove', 'tiny', '--json');
    expect(JSON.parse(removed.stdout)).toMatchObject({ ok: true, removed: 'tiny' });
    expect(existsSync(path.dirname(file))).toBe(false);
    expect(readdirSync(userPackages()).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('are removed by the name of their folder where they are broken', async () => {
    const folder = path.join(userPackages(), 'half');
    mkdirSync(folder, { recursive: true });
    expect((await tessera('packages', 'remove', 'half')).code).toBe(0);
    expect(existsSync(folder)).toBe(false);
  });

  it.each([
    [['show', 'nothing'], 'There is no package called "nothing".'],
    [['verify', 'nothing'], 'There is no package called "nothing".'],
    [['remove', 'nothing'], 'There is no package called "nothing" to remove.'],
    [['remove', '..'], 'There is no package called ".." to remove.'],
    [['remove', 'tessera-base'], 'The package tessera-base comes with Tessera and cannot be removed.'],
    [['import'], 'Missing required argument'],
    [['import', 'nothing.th'], 'There is no file'],
  ])('are left alone by %j', async (args, message) => {
    const { code, stderr } = await tessera('packages', ...args);
    expect(code).toBeGreaterThan(0);
    expect(stderr).toContain(message);
  });

  it('tells what checkpoints are', async () => {
    const sampler = writeWeights(space.at('absorbing_ema_9.th'), UT_SAMPLER);
    const alone = await tessera('packages', 'recognise', sampler);
    expect(alone).toMatchObject({ code: 0, stderr: '' });
    expect(alone.stdout).toContain('4 x 4 of 8 codes at once');
    expect(alone.stdout).toContain('its VQGAN (vqgan_ema_….th) is a second file.');
    const vqgan = writeWeights(space.at('vqgan_ema_9.th'), UT_TOKENIZER);
    const { stdout } = await tessera('packages', 'recognise', sampler, vqgan, '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      command: 'packages',
      recognised: { tokenizer: { codes: 8 }, denoiser: { side: 4 }, missing: null },
    });
  });
});

describe('checkpoints', () => {
  const families = path.join(import.meta.dirname, '../../../fixtures/importers/families');
  const vqgan = path.join(families, 'vqgan_ema.th');
  const sampler = path.join(families, 'absorbing_ema.th');

  it('become a package that fills', async () => {
    const { code, stdout, stderr } = await tessera('packages', 'import', sampler, vqgan, '--heads', '4');
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('licence') as string });
    expect(stdout).toMatch(/^A fill takes about \S+ s here, with --int8 about \S+ s\.$/m);
    expect(stdout).toContain(
      'Added Unleashing Transformers, 2 px, 32 codes as unleashing-transformers-f2-32',
    );
    const id = ['--package', 'unleashing-transformers-f2-32'];
    const out = space.at('new.png');
    expect(await tessera('generate', '--width', '16', '--height', '16', ...id, '--out', out)).toMatchObject({
      code: 0,
    });
    expect(existsSync(out)).toBe(true);
    const again = await tessera('packages', 'import', sampler, vqgan);
    expect(again).toMatchObject({ code: 2 });
    expect(again.stderr).toMatch(/There is a package called .* already\. Give this one/);
  });

  it('become a package of the name that a person gives', async () => {
    const args = ['--id', 'mine', '--name', 'My own', '--license', 'CC0-1.0', '--int8', '--json'];
    const { code, stdout } = await tessera('packages', 'import', families + '/taming.ckpt', ...args);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      imported: { id: 'mine', name: 'My own', license: 'CC0-1.0', fills: false, codes: 32 },
    });
    const named = await tessera('packages', 'import', vqgan, '--id', 'Mine!');
    expect(named).toMatchObject({ code: 2 });
    expect(named.stderr).toContain('"Mine!" cannot be the id of a package: it must be a short');
  });

  it('are measured where their numbers have fewer bits than published, at once or later', async () => {
    const costs =
      /^What its precision costs, measured on 3 pictures:\n {2}pictures {2}\S+ dB .*\n {2}codes .* %.*\n {2}tokens .* bits per token/m;
    const measured = await tessera('packages', 'import', sampler, vqgan, '--id', 'eight', '--int8');
    expect(measured).toMatchObject({ code: 0 });
    expect(measured.stdout).toMatch(costs);
    expect((await tessera('packages', 'show', 'eight')).stdout).toContain('What its precision costs');

    const args = ['--id', 'half', '--half', '--no-measure', '--json'];
    const made = await tessera('packages', 'import', sampler, vqgan, ...args);
    expect(JSON.parse(made.stdout)).toMatchObject({ imported: { id: 'half' }, cost: null });
    const before = JSON.parse((await tessera('packages', 'show', 'half', '--json')).stdout) as object;
    expect(before).toMatchObject({ cost: null });
    expect((await tessera('packages', 'measure', 'half', vqgan, sampler)).stdout).toMatch(costs);
    const shown = JSON.parse((await tessera('packages', 'show', 'half', '--json')).stdout) as object;
    expect(shown).toMatchObject({ ...before, cost: { pictures: 3, tokenizer: {}, denoiser: {} } });

    const other = await tessera('packages', 'measure', 'half', vqgan);
    expect(other).toMatchObject({ code: 2 });
    expect(other.stderr).toContain(
      'The package half was not made of these files. Give those that it was made of',
    );
    const full = await tessera('packages', 'import', vqgan, '--id', 'full', '--json');
    expect(JSON.parse(full.stdout)).toMatchObject({ cost: null });
    const embedded = await tessera('packages', 'measure', 'tessera-base', vqgan);
    expect(embedded.stderr).toContain('The package tessera-base was not made of published files by Tessera.');
  });

  it('are refused in one sentence where a part is missing', async () => {
    const { code, stderr } = await tessera('packages', 'import', sampler);
    expect(code).toBe(1);
    expect(stderr).toMatch(/its VQGAN \(vqgan_ema_….th\) is a second file\. Give both files\.\n$/);
  });
});

describe('the folder of the packages of a user', () => {
  it.each([
    [{ TESSERA_PACKAGES: '/p' }, 'linux', '/p'],
    [{ XDG_DATA_HOME: '/data' }, 'linux', '/data/tessera/packages'],
    [{}, 'linux', '/home/me/.local/share/tessera/packages'],
    [{}, 'darwin', '/home/me/Library/Application Support/Tessera/packages'],
    [{ LOCALAPPDATA: '/local' }, 'win32', '/local/Tessera/packages'],
  ] as const)('with %j on %s is %s', (env, platform, folder) => {
    expect(userPackages(env, platform, '/home/me')).toBe(path.normalize(folder));
  });
});

describe('info', () => {
  it('tells about Tessera', async () => {
    const { stdout } = await tessera('info', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ info: { node: process.versions.node } });
    expect((await tessera('info')).stdout).toContain('Tessera');
  });

  it('tells about a picture that Tessera did not write', async () => {
    const file = path.join(import.meta.dirname, '../../../../assets/samples/rocket.jpg');
    const { stdout } = await tessera('info', file, '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      picture: { format: 'jpeg', width: 640, height: 427, frames: 1 },
      fill: null,
    });
  });
});

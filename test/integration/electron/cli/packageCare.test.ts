import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { userPackages } from '../../../../electron/io/packageFolders.ts';
import { openPackageFolder } from '../../../../native-models/runtime/packageFolder.ts';
import { projectNeeding } from '../../../fixtures/projects/needing.ts';
import { changedTiny, temporaryFolder } from '../../native-models/runtime/fixtures.ts';
import { ROOT, tessera, TINY, workspace } from './support.ts';

let space: ReturnType<typeof workspace>;
beforeEach(() => {
  space = workspace();
  vi.stubEnv('TESSERA_PACKAGES', space.at('packages'));
  mkdirSync(userPackages());
});
afterEach(() => {
  vi.unstubAllEnvs();
});

function install(from = TINY, name = 'tiny'): string {
  const folder = path.join(userPackages(), name);
  cpSync(from, folder, { recursive: true });
  return folder;
}

function damage(file: string): void {
  const bytes = readFileSync(file);
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(file, bytes);
}

const second = (): string =>
  changedTiny({
    manifest(manifest) {
      manifest.version = '2.0.0';
    },
  });

describe('packages export', () => {
  it('writes a file that another machine installs as the same package', async () => {
    install();
    const made = await tessera('packages', 'export', 'tiny', space.folder, '--json');
    const output = space.at('tiny-1.0.0.tspkg');
    expect(JSON.parse(made.stdout)).toMatchObject({ ok: true, output, exported: { id: 'tiny' } });
    vi.stubEnv('TESSERA_PACKAGES', space.at('elsewhere'));
    expect((await tessera('packages', '--install', output)).code).toBe(0);
    const { sha256 } = await openPackageFolder(path.join(userPackages(), 'tiny'));
    expect(sha256).toBe((await openPackageFolder(TINY)).sha256);
  });

  it('takes the version that is named, and the package that comes with Tessera', async () => {
    install();
    install(second(), 'tiny@2.0.0');
    const file = space.at('old.tspkg');
    expect((await tessera('packages', 'export', 'tiny:1.0.0', file)).stdout).toMatch(
      /^Wrote tiny 1\.0\.0 to /,
    );
    const base = space.at('base.tspkg');
    expect((await tessera('packages', 'export', 'tessera-base', base)).stdout).toMatch(
      /^Wrote tessera-base /,
    );
    expect(await tessera('packages', '--install', base)).toMatchObject({ code: 0, stderr: '' });
    const [here, embedded] = [userPackages(), path.join(ROOT, 'native-models', 'packages')];
    const [mine, its] = await Promise.all(
      [here, embedded].map((folder) => openPackageFolder(path.join(folder, 'tessera-base'))),
    );
    expect(mine!.sha256).toBe(its!.sha256);
  });
});

describe('packages repair', () => {
  it('restores from a file, and says what is intact', async () => {
    const folder = install();
    await tessera('packages', 'export', 'tiny', space.at('tiny.tspkg'));
    expect((await tessera('packages', 'repair')).stdout).toMatch(/^tiny 1\.0\.0 is intact/);
    damage(path.join(folder, 'decoder.onnx'));
    const refused = await tessera('packages', 'repair', 'tiny', '--json');
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.stdout)).toMatchObject({ ok: false, packages: [{ ok: false, id: 'tiny' }] });
    const repaired = await tessera('packages', 'repair', 'tiny', '--from', space.at('tiny.tspkg'));
    expect(repaired).toMatchObject({ code: 0, stderr: '', stdout: 'Restored decoder.onnx of tiny 1.0.0\n' });
    expect((await tessera('packages', 'verify', 'tiny')).code).toBe(0);
  });

  it('restores all of them from what comes with Tessera, where that is the same', async () => {
    const folder = install(path.join(ROOT, 'native-models', 'packages', 'tessera-base'), 'tessera-base');
    writeFileSync(path.join(folder, 'manifest.json'), '');
    damage(path.join(folder, 'denoiser.onnx'));
    const { code, stdout } = await tessera('packages', 'repair');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^Restored manifest\.json, denoiser\.onnx of tessera-base /) as string,
    });
  });

  it.each([
    [['repair', 'nothing'], 'There is no package called "nothing".'],
    [['repair', 'tessera-base'], 'The package tessera-base comes with Tessera and is not repaired.'],
    [['export', 'nothing'], 'There is no package called "nothing".'],
    [['needs', 'nothing.tessera'], 'There is no file'],
    [['move', 'elsewhere'], 'TESSERA_PACKAGES names the folder of the packages, so they cannot be moved.'],
  ])('%j is refused', async (args, message) => {
    const { code, stderr } = await tessera('packages', ...args);
    expect(code).toBeGreaterThan(0);
    expect(stderr).toContain(message);
    expect(existsSync('elsewhere')).toBe(false);
  });
});

describe('packages needs', () => {
  it('tells which packages projects need, and which of them are here', async () => {
    install();
    const { sha256 } = await openPackageFolder(install(second(), 'tiny@2.0.0'));
    const here = await projectNeeding(space.at('here.tessera'), { id: 'tiny', sha256 });
    const gone = await projectNeeding(space.at('gone.tessera'), { id: 'lost', sha256: '12'.repeat(32) });
    const broken = space.write('broken.tessera', 'no zip');
    const { code, stdout, stderr } = await tessera('packages', 'needs', here, gone, broken);
    expect(stdout).toBe(
      [
        `${here}\n  needs tiny 2.0.0, which is here\n`,
        `${gone}\n  needs lost (build 121212121212), which is not here\n`,
      ].join(''),
    );
    expect(code).toBe(1);
    expect(stderr).toContain('broken.tessera');
    const json = await tessera('packages', 'needs', here, '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({
      projects: [{ project: here, needs: [{ id: 'tiny', sha256, package: 'tiny', version: '2.0.0' }] }],
    });
  });
});

describe('two versions of a package', () => {
  it('are listed, and used for what they made', async () => {
    install();
    install(second(), 'tiny@2.0.0');
    const { stdout } = await tessera('packages', '--json');
    const { packages, free } = JSON.parse(stdout) as { packages: { package: string }[]; free: number };
    expect(packages.map((each) => each.package)).toEqual(['tiny', 'tiny:1.0.0', 'tessera-base']);
    expect(free).toBeGreaterThan(0);

    const picture = path.join(ROOT, 'assets', 'samples', 'rocket.jpg');
    const old = space.at('old.json');
    expect(await tessera('encode', picture, '--out', old, '--package', 'tiny:1.0.0')).toMatchObject({
      code: 0,
    });
    for (const named of [[], ['--package', 'tiny'], ['--package', 'tiny:1.0.0']])
      expect(await tessera('tokens', old, '--likelihood', ...named)).toMatchObject({ code: 0 });
    const other = await tessera('tokens', old, '--likelihood', '--package', 'tiny:2.0.0');
    expect(other.stderr).toContain('were made with another build of the package tiny.');
    expect((await tessera('packages', 'remove', 'tiny')).stderr).toContain(
      'Name one of them: tiny:2.0.0, tiny:1.0.0.',
    );
    expect((await tessera('packages', 'remove', 'tiny:2.0.0')).code).toBe(0);
    expect(readdirSync(userPackages())).toEqual(['tiny']);
  });
});

describe('packages move', () => {
  it('is followed by every later command', async () => {
    vi.stubEnv('TESSERA_PACKAGES', '');
    for (const name of ['XDG_DATA_HOME', 'LOCALAPPDATA', 'HOME']) vi.stubEnv(name, space.at('data'));
    install();
    const there = path.join(temporaryFolder(), 'packages');
    const moved = await tessera('packages', 'move', there);
    expect(moved).toMatchObject({ code: 0, stderr: '' });
    expect(moved.stdout).toMatch(/^Moved 1 package from .* to /);
    expect(userPackages()).toBe(there);
    expect((await tessera('packages', 'show', 'tiny')).stdout).toContain(path.join(there, 'tiny'));
    await tessera('packages', 'remove', 'tiny');
    expect(readdirSync(there)).toEqual([]);
  });
});

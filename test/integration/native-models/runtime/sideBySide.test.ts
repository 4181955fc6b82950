import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { findInstalled, listPackages } from '../../../../native-models/runtime/findPackages.ts';
import { installPackage } from '../../../../native-models/runtime/installPackage.ts';
import { openPackageFolder } from '../../../../native-models/runtime/packageFolder.ts';
import { removePackage } from '../../../../native-models/runtime/removePackage.ts';
import { changedTiny, errorOf, temporaryFolder } from './fixtures.ts';
import { zip } from './zip.ts';

let user: string;
beforeEach(() => {
  user = join(temporaryFolder(), 'packages');
});

/** The tiny package in some version, as an archive. */
function archiveOf(version: string, name = 'Tiny greys'): string {
  const folder = changedTiny({
    manifest(manifest) {
      manifest.version = version;
      manifest.name = name;
    },
  });
  const archive = join(temporaryFolder(), 'tiny.tspkg');
  const entries = readdirSync(folder).map((file) => ({ name: file, data: readFileSync(join(folder, file)) }));
  writeFileSync(archive, zip(entries));
  return archive;
}

const names = async (): Promise<string[]> => (await listPackages([user])).map(({ name }) => name);

const versionOf = async (name: string): Promise<string> =>
  (await openPackageFolder(await findInstalled(name, [user]))).manifest.version;

it('keeps versions side by side: the id means the newest, and each has a name', async () => {
  await installPackage(archiveOf('1.9.0'), user);
  expect(await names()).toEqual(['tiny']);
  await installPackage(archiveOf('1.10.0'), user);
  await installPackage(archiveOf('1.2.0'), user);
  expect(readdirSync(user).sort()).toEqual(['tiny', 'tiny@1.10.0', 'tiny@1.2.0']);
  expect(await names()).toEqual(['tiny', 'tiny:1.9.0', 'tiny:1.2.0']);
  expect(await versionOf('tiny')).toBe('1.10.0');
  for (const version of ['1.9.0', '1.10.0', '1.2.0'])
    expect(await versionOf(`tiny:${version}`)).toBe(version);
  expect(await errorOf(findInstalled('tiny:3', [user]))).toMatchObject({
    message: 'There is no package called "tiny:3".',
    hint: 'These are installed: tiny, tiny:1.9.0, tiny:1.2.0.',
  });
});

it('replaces a build of the same version alone, and only when told to', async () => {
  await installPackage(archiveOf('1.0.0'), user);
  await installPackage(archiveOf('2.0.0'), user);
  const other = archiveOf('2.0.0', 'Tiny greens');
  expect(await errorOf(installPackage(other, user))).toMatchObject({
    code: 'usage',
    message: 'The package tiny 2.0.0 is already installed, and this is another build of that version.',
  });
  expect((await installPackage(other, user, { replace: true })).manifest.name).toBe('Tiny greens');
  expect(await names()).toEqual(['tiny', 'tiny:1.0.0']);
  expect(await versionOf('tiny:1.0.0')).toBe('1.0.0');
});

it('removes the version that is named, and asks which where several are there', async () => {
  await installPackage(archiveOf('1.0.0'), user);
  await installPackage(archiveOf('2.0.0'), user);
  expect(await errorOf(removePackage('tiny', user, []))).toMatchObject({
    code: 'usage',
    hint: 'Name one of them: tiny:2.0.0, tiny:1.0.0.',
  });
  await removePackage('tiny:1.0.0', user, []);
  expect(readdirSync(user)).toEqual(['tiny@2.0.0']);
  expect(await versionOf('tiny')).toBe('2.0.0');
  await installPackage(archiveOf('2.0.0'), user); // it is there, wherever it lies
  expect(readdirSync(user)).toEqual(['tiny@2.0.0']);
  await removePackage('tiny', user, []);
  expect(readdirSync(user)).toEqual([]);
});

it('names a version that comes with Tessera where a user has another one', async () => {
  const embedded = join(temporaryFolder(), 'embedded');
  await installPackage(archiveOf('1.0.0'), embedded);
  await installPackage(archiveOf('1.0.0'), user);
  expect((await listPackages([user, embedded])).map(({ name }) => name)).toEqual(['tiny', 'tiny']);
  await removePackage('tiny', user, [embedded]);
  await installPackage(archiveOf('0.9.0'), user); // this user's counts, older or not
  expect((await listPackages([user, embedded])).map(({ name }) => name)).toEqual(['tiny', 'tiny:1.0.0']);
  expect(await findInstalled('tiny:1.0.0', [user, embedded])).toBe(join(embedded, 'tiny'));
});

import { expect, test } from 'vitest';
import { createHost } from '../../../../electron/engine/host.ts';

const grant = (id: string, access: 'read' | 'write') =>
  ({ kind: 'grant', id, path: `/home/me/${id}`, access, purpose: 'picture' }) as const;

test('knows the paths that were granted, for what they were granted', async () => {
  const host = createHost(0);
  host.learn(grant('in.png', 'read'));
  host.learn(grant('out.png', 'write'));
  expect(await host.pathOf('in.png', 'read', 'picture')).toBe('/home/me/in.png');
  expect(await host.pathOf('out.png', 'write', 'picture')).toBe('/home/me/out.png');
  await expect(host.pathOf('out.png', 'write', 'picture')).rejects.toMatchObject({ code: 'usage' }); // once
  expect(await host.pathOf('out.png', 'read', 'picture')).toBe('/home/me/out.png');
  const refused = { code: 'usage', message: 'This file was not opened for that.' };
  await expect(host.pathOf('in.png', 'write', 'picture')).rejects.toMatchObject(refused);
  await expect(host.pathOf('/etc/passwd', 'read', 'picture')).rejects.toMatchObject(refused);
});

test('a file is good only for what it was chosen as, and until its window is gone', async () => {
  const host = createHost(0);
  host.learn({ kind: 'grant', id: 'p', path: '/p.tessera', access: 'write', purpose: 'project' });
  const refused = { code: 'usage', message: 'This file was not opened for that.' };
  await expect(host.pathOf('p', 'write', 'picture')).rejects.toMatchObject(refused);
  await expect(host.pathOf('p', 'read', 'mask', 'tokens')).rejects.toMatchObject(refused);
  expect(await host.pathOf('p', 'write', 'picture', 'project')).toBe('/p.tessera');
  host.learn({ kind: 'revoke', ids: ['other'] });
  expect(await host.pathOf('p', 'write', 'project')).toBe('/p.tessera');
  host.learn({ kind: 'revoke', ids: ['p'] });
  await expect(host.pathOf('p', 'write', 'project')).rejects.toMatchObject(refused);
});

test('waits a little for a grant that is still on its way', async () => {
  const host = createHost(10_000);
  const path = host.pathOf('late', 'read', 'picture');
  host.learn(grant('other', 'read'));
  host.learn(grant('late', 'read'));
  expect(await path).toBe('/home/me/late');
});

test('passes on the folders it was told last', () => {
  const host = createHost();
  expect(host.packageFolders()).toEqual([]);
  expect(() => host.recoveryFolder()).toThrow('not told');
  host.learn({ kind: 'packages', folders: ['/a', '/b'] });
  host.learn({ kind: 'recovery', folder: '/r' });
  expect(host.packageFolders()).toEqual(['/a', '/b']);
  expect(host.recoveryFolder()).toBe('/r');
});

test('knows servers, also one that main is about to tell of, and says which are gone', async () => {
  const host = createHost(10_000);
  const gone: string[] = [];
  host.onServersGone((ids) => gone.push(...ids));
  const here = { id: 'here:1', url: 'http://here:1' };
  const there = { id: 'there:2', url: 'https://there:2', token: 'a' };
  const asked = host.serverOf('there:2');
  host.learn({ kind: 'servers', servers: [here, there] });
  expect(await asked).toEqual(there);
  host.learn({ kind: 'servers', servers: [{ ...here }, { ...there, token: 'b' }] });
  expect(gone).toEqual(['there:2']);
  host.learn({ kind: 'servers', servers: [] });
  expect(gone).toEqual(['there:2', 'here:1', 'there:2']);
  await expect(createHost(0).serverOf('here:1')).rejects.toMatchObject({ code: 'usage' });
});

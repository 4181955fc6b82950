import { expect, test } from 'vitest';
import { createHost } from '../../../../electron/engine/host.ts';

const grant = (id: string, access: 'read' | 'write') =>
  ({ kind: 'grant', id, path: `/home/me/${id}`, access }) as const;

test('knows the paths that were granted, for what they were granted', async () => {
  const host = createHost(0);
  host.learn(grant('in.png', 'read'));
  host.learn(grant('out.png', 'write'));
  expect(await host.pathOf('in.png', 'read')).toBe('/home/me/in.png');
  expect(await host.pathOf('out.png', 'write')).toBe('/home/me/out.png');
  expect(await host.pathOf('out.png', 'read')).toBe('/home/me/out.png');
  const refused = { code: 'usage', message: 'This file was not opened for that.' };
  await expect(host.pathOf('in.png', 'write')).rejects.toMatchObject(refused);
  await expect(host.pathOf('/etc/passwd', 'read')).rejects.toMatchObject(refused);
});

test('waits a little for a grant that is still on its way', async () => {
  const host = createHost(10_000);
  const path = host.pathOf('late', 'read');
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

import { expect, test } from 'vitest';
import type { HostMessage } from '../../../../../core/contract/engineHost.ts';
import { TesseraError } from '../../../../../core/base/errors.ts';
import { createGrants } from '../../../../../electron/main/files/grants.ts';

test('the engine knows a file before the window does, and again when it starts anew', () => {
  const told: HostMessage[] = [];
  const grants = createGrants((message) => told.push(message));
  const { id, name, kind } = grants.give({ path: '/a/photo.jpg', kind: 'picture', access: 'read' });
  expect({ name, kind }).toEqual({ name: 'photo.jpg', kind: 'picture' });
  expect(told).toEqual([{ kind: 'grant', id, path: '/a/photo.jpg', access: 'read', purpose: 'picture' }]);
  expect(grants.messages()).toEqual(told);
  expect(grants.find(id).path).toBe('/a/photo.jpg');
});

test('a file that is given again keeps its id, and what it was chosen as; chosen as something else it has another', () => {
  const told: HostMessage[] = [];
  const grants = createGrants((message) => told.push(message));
  const file = { path: '/a/p.tessera', kind: 'project', access: 'read' } as const;
  const { id } = grants.give(file);
  expect(grants.give({ ...file, access: 'write' })).toMatchObject({ id, access: 'write' });
  expect(grants.give(file)).toMatchObject({ id, access: 'write' });
  expect(told.at(-1)).toMatchObject({ id, access: 'write' });
  expect(grants.give({ ...file, kind: 'mask' }).id).not.toBe(id);
});

test('those of a document end with it', () => {
  const told: HostMessage[] = [];
  const grants = createGrants((message) => told.push(message));
  const file = { path: '/a/p.tessera', kind: 'project', access: 'write' } as const;
  const { id } = grants.give(file);
  grants.give({ ...file, path: '/a/q.tessera' });
  grants.end([id]);
  expect(told.at(-1)).toEqual({ kind: 'revoke', ids: [id] });
  expect(grants.messages()).toMatchObject([{ path: '/a/q.tessera' }]);
  expect(grants.give({ ...file, access: 'read' })).toMatchObject({ access: 'read' });
});

test('all end with the window that has them', () => {
  const told: HostMessage[] = [];
  const grants = createGrants((message) => told.push(message));
  const { id } = grants.give({ path: '/a/p.tessera', kind: 'project', access: 'write' });
  grants.end('all');
  expect(told.at(-1)).toEqual({ kind: 'revoke', ids: 'all' });
  expect(grants.messages()).toEqual([]);
  expect(() => grants.find(id)).toThrow(TesseraError);
});

test('an id that was not given out is refused', () => {
  const grants = createGrants(() => undefined);
  expect(() => grants.find('guessed')).toThrow(TesseraError);
});

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

test('a file that is given again keeps its id, and another use of it has another', () => {
  const told: HostMessage[] = [];
  const grants = createGrants((message) => told.push(message));
  const file = { path: '/a/photo.jpg', kind: 'picture', access: 'read' } as const;
  const { id } = grants.give(file);
  expect(grants.give(file).id).toBe(id);
  expect(grants.give({ ...file, access: 'write' }).id).not.toBe(id);
  expect(told).toHaveLength(2);
});

test('all end with the window that has them', () => {
  const told: HostMessage[] = [];
  const grants = createGrants((message) => told.push(message));
  const { id } = grants.give({ path: '/a/p.tessera', kind: 'project', access: 'write' });
  grants.end();
  expect(told.at(-1)).toEqual({ kind: 'revoke' });
  expect(grants.messages()).toEqual([]);
  expect(() => grants.find(id)).toThrow(TesseraError);
});

test('an id that was not given out is refused', () => {
  const grants = createGrants(() => undefined);
  expect(() => grants.find('guessed')).toThrow(TesseraError);
});

import { expect, test } from 'vitest';
import {
  kindOf,
  openedAccess,
  SAVE_TYPES,
  savedKind,
  withExtension,
} from '../../../../../electron/main/files/kinds.ts';

test.each([
  ['photo.JPG', 'picture'],
  ['work.tessera', 'project'],
  ['grid.npy', 'tokens'],
  ['grid.json', 'tokens'],
  ['amused/model_index.json', 'model'],
  ['no extension', 'picture'],
] as const)('%s is a %s', (file, kind) => {
  expect(kindOf(file)).toBe(kind);
});

test('only projects are opened for writing', () => {
  expect(openedAccess('project')).toBe('write');
  expect(openedAccess('picture')).toBe('read');
});

test('what is saved as an image format is a picture', () => {
  expect(savedKind('webp')).toBe('picture');
  expect(savedKind('mask')).toBe('mask');
});

test('an extension is added only where none of the right ones is there', () => {
  expect(withExtension('a/result', SAVE_TYPES.jpeg)).toBe('a/result.jpg');
  expect(withExtension('result.JPEG', SAVE_TYPES.jpeg)).toBe('result.JPEG');
  expect(withExtension('result.png', SAVE_TYPES.jpeg)).toBe('result.png.jpg');
});

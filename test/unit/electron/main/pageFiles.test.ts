import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pageFile } from '../../../../electron/main/pageFiles.ts';

const folder = path.resolve('/page');

test('finds files of the page with their media types', () => {
  expect(pageFile(folder, 'app://tessera/assets/a%20b.js')).toEqual({
    file: path.join(folder, 'assets', 'a b.js'),
    type: 'text/javascript; charset=utf-8',
  });
});

test.each([
  'app://elsewhere/index.html',
  'app://tessera/',
  'app://tessera/%2e%2e%2fmain.js',
  'app://tessera/..%5c..%5cmain.cjs',
  'app://tessera/main.cjs',
  'app://tessera/%E0%A4%A.html',
])('finds nothing for %s', (address) => {
  expect(pageFile(folder, address)).toBeNull();
});

test('never leaves its folder', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme-ascii' }),
      fc.constantFrom('', '%2e%2e%2f', '..%2f', '%2f%2f'),
      (rest, prefix) => {
        const found = pageFile(folder, `app://tessera/${prefix}${rest}.html`);
        expect(found?.file.startsWith(folder + path.sep) ?? true).toBe(true);
      },
    ),
  );
});

import { expect, test } from 'vitest';
import { sheet, withHoleShown } from '../../../../bench/quality/sheet.ts';
import { markdown } from '../../../../bench/quality/table.ts';
import { rectangle } from '../../../../bench/support.ts';
import { noisePicture } from '../../core/pixels/random.ts';

const at = (picture: { width: number; data: Uint8Array }, x: number, y: number): number[] => [
  ...picture.data.subarray(4 * (y * picture.width + x), 4 * (y * picture.width + x) + 4),
];

test('a sheet lays pictures in rows with white between them', () => {
  const [a, b, c] = [1, 2, 3].map((seed) => noisePicture(8, 6, seed));
  const whole = sheet([[a!, b!], [c!]]);
  expect([whole.width, whole.height]).toEqual([20, 16]);
  expect(at(whole, 12, 0)).toEqual(at(b!, 0, 0));
  expect(at(whole, 0, 10)).toEqual(at(c!, 0, 0));
  expect(at(whole, 9, 3)).toEqual([255, 255, 255, 255]);
  expect(at(whole, 19, 15)).toEqual([255, 255, 255, 255]);
});

test('a hole is painted over', () => {
  const picture = noisePicture(8, 6, 1);
  const shown = withHoleShown(picture, rectangle(picture, { x: 2, y: 1, width: 3, height: 2 }));
  expect(at(shown, 2, 1)).not.toEqual(at(picture, 2, 1));
  expect(at(shown, 1, 1)).toEqual(at(picture, 1, 1));
});

test('sections become headings and tables', () => {
  const page = markdown('T', 'About.', [{ title: 'S', rows: [{ a: 1, b: 'x' }], note: 'N.' }]);
  expect(page).toBe('# T\n\nAbout.\n\n## S\n\nN.\n\n| a | b |\n| --- | --- |\n| 1 | x |\n');
});

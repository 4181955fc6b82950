import { expect, test } from 'vitest';
import { isMaskName, masksNamed, stemOf } from '../../../../../core/pixels/masks/maskNames.ts';

test('a stem is a name without folder and extension', () => {
  expect(['a/b/cat.jpg', 'C:\\x\\cat.tar.gz', '.hidden', 'plain'].map(stemOf)).toEqual([
    'cat',
    'cat.tar',
    '.hidden',
    'plain',
  ]);
});

test.each([
  ['cat.jpg', ['cat.png', 'cat-mask.png'], ['cat.png']],
  ['cat.jpg', ['dog.png', 'cat-mask.png', 'cat_mask.webp'], ['cat-mask.png']],
  ['Cat.JPG', ['cat_MASK.png'], ['cat_MASK.png']],
  ['cat.jpg', ['cats.png', 'mask-cat.png'], []],
])('the masks of %s among %j are %j', (picture, files, masks) => {
  expect(masksNamed(picture, files)).toEqual(masks);
});

test('a mask beside a picture is told from a picture that only sounds like one', () => {
  const files = ['cat.jpg', 'cat-mask.png', 'face-mask.jpg'];
  expect(files.map((file) => isMaskName(file, files))).toEqual([false, true, false]);
});

test('accents that are stored in another form are the same name', () => {
  const [picture, mask] = ['Caf\u00e9.jpg', 'cafe\u0301_mask.png'];
  expect(masksNamed(picture, [mask])).toEqual([mask]);
  expect(isMaskName(mask, [picture, mask])).toBe(true);
  expect(masksNamed(mask, ['Cafe.jpg'])).toEqual([]);
});

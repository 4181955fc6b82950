import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crop } from '../../../../core/pixels/crop.ts';
import { extend } from '../../../../core/pixels/extend.ts';
import { noisePicture, seed, side } from './random.ts';

test('extending keeps the picture, and selects all that is new', () => {
  const margin = fc.nat(9);
  const margins = fc.record({ left: margin, top: margin, right: margin, bottom: margin });
  fc.assert(
    fc.property(side, side, margins, seed, (width, height, given, random) => {
      const picture = noisePicture(width, height, random);
      const larger = extend(picture, given);
      expect(crop(larger.picture, { x: given.left, y: given.top, width, height })).toEqual(picture);
      const selected = larger.selection.data.filter((value) => value === 255).length;
      expect(selected).toBe(larger.picture.width * larger.picture.height - width * height);
      const inside = crop(
        {
          ...larger.picture,
          data: Uint8Array.from(
            { length: larger.picture.data.length },
            (_, i) => larger.selection.data[i >> 2]!,
          ),
        },
        { x: given.left, y: given.top, width, height },
      );
      expect(inside.data.every((value) => value === 0)).toBe(true);
    }),
  );
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crop, mirroredIndices, paste } from '../../../../core/pixels/crop.ts';
import { noisePicture, seed, side } from './random.ts';

const offset = fc.integer({ min: -50, max: 50 });

describe('crop and paste', () => {
  test('mirrors at the border pixel, as often as needed', () => {
    expect([...mirroredIndices(-5, 11, 3)]).toEqual([1, 0, 1, 2, 1, 0, 1, 2, 1, 0, 1]);
    expect([...mirroredIndices(-2, 4, 1)]).toEqual([0, 0, 0, 0]);
  });

  test('every pixel of a crop is the mirrored pixel of the picture', () => {
    fc.assert(
      fc.property(
        fc.tuple(side, side, side, side, offset, offset),
        seed,
        ([w, h, width, height, x, y], random) => {
          const picture = noisePicture(w, h, random, false);
          const part = crop(picture, { x, y, width, height });
          for (let i = 0; i < width * height; i++) {
            const from = mirrored(y + Math.floor(i / width), h) * w + mirrored(x + (i % width), w);
            for (let c = 0; c < 4; c++) expect(part.data[4 * i + c]).toBe(picture.data[4 * from + c]);
          }
        },
      ),
    );
  });

  test('pasting a crop back changes nothing', () => {
    fc.assert(
      fc.property(
        fc.tuple(side, side, side, side, offset, offset),
        seed,
        ([w, h, width, height, x, y], random) => {
          const picture = noisePicture(w, h, random);
          const before = picture.data.slice();
          const part = crop(picture, { x, y, width, height });
          paste(picture, part, x, y);
          expect(picture.data).toEqual(before);
        },
      ),
    );
  });
});

/** Reflection written the slow way: step back and forth. */
function mirrored(position: number, size: number): number {
  let at = position;
  while (size > 1 && (at < 0 || at >= size)) at = at < 0 ? -at : 2 * (size - 1) - at;
  return size === 1 ? 0 : at;
}

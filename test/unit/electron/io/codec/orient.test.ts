import { describe, expect, test } from 'vitest';
import type { Picture } from '../../../../../core/pixels/picture.ts';
import { orientPicture } from '../../../../../electron/io/codec/orient.ts';
import type { Orientation } from '../../../../../electron/io/codec/orient.ts';
import { readPicture } from '../../../../../electron/io/readPicture.ts';
import { makeExif, withExif } from '../exif.ts';
import { gradient, makeFile, maxDifference, rgbOf } from '../make.ts';

const ALL: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8];

/** Where the stored pixel (x, y) is seen, by the wording of the standard: which side row 0 and column 0 lie on. */
function seenAt(o: Orientation, x: number, y: number, w: number, h: number): [number, number] {
  const places: Record<Orientation, [number, number]> = {
    1: [x, y],
    2: [w - 1 - x, y],
    3: [w - 1 - x, h - 1 - y],
    4: [x, h - 1 - y],
    5: [y, x],
    6: [h - 1 - y, x],
    7: [h - 1 - y, w - 1 - x],
    8: [y, w - 1 - x],
  };
  return places[o];
}

function turned(picture: Picture, o: Orientation): Picture {
  const { width: w, height: h } = picture;
  const [width, height] = o >= 5 ? [h, w] : [w, h];
  const data = new Uint8Array(picture.data.length);
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const [sx, sy] = seenAt(o, x, y, w, h);
      const from = (y * w + x) * 4;
      data.set(picture.data.subarray(from, from + 4), (sy * width + sx) * 4);
    }
  }
  return { width, height, data };
}

describe('orientation', () => {
  test.each(ALL)('%i by definition, across block borders', (o) => {
    for (const [w, h] of [
      [70, 45],
      [1, 9],
      [33, 1],
    ] as const) {
      const stored = gradient(w, h);
      expect(orientPicture(stored, o)).toEqual(turned(stored, o));
    }
  });

  test.each(ALL)('%i in the EXIF block of a JPEG', async (orientation) => {
    const stored = gradient(48, 32);
    const plain = await makeFile('.jpg', rgbOf(stored), { save: { Q: 100, subsample_mode: 'off' } });
    const exif = makeExif({
      orientation,
      make: 'Camera',
      width: 48,
      height: 32,
      little: orientation % 2 === 0,
    });
    const { picture, info } = await readPicture(withExif(plain, exif));
    expect(info.orientation).toBe(orientation);
    expect([info.width, info.height]).toEqual(orientation >= 5 ? [32, 48] : [48, 32]);
    expect(maxDifference(picture.data, turned(stored, orientation).data)).toBeLessThanOrEqual(6);
  });

  test.each(['.png', '.tif', '.webp'])('6 in other formats (%s)', async (suffix) => {
    const stored = gradient(20, 12);
    const save = suffix === '.webp' ? { lossless: true } : {};
    const { picture } = await readPicture(await makeFile(suffix, rgbOf(stored), { orientation: 6, save }));
    expect(picture.data).toEqual(turned(stored, 6).data);
  });

  test('an orientation that does not exist counts as upright', async () => {
    const plain = await makeFile('.jpg', rgbOf(gradient(16, 16)));
    const exif = makeExif({ orientation: 99, make: 'Camera', width: 16, height: 16 });
    expect((await readPicture(withExif(plain, exif))).info.orientation).toBe(1);
  });
});

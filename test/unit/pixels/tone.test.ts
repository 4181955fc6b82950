import { describe, expect, test } from 'vitest';
import type { Picture } from '../../../core/pixels/picture.ts';
import { applyTone, toneOf } from '../../../core/pixels/tone.ts';
import { maskOf, noisePicture, stream } from './random.ts';

const SIZE = 40;
const everywhere = { x: -5, y: -5, width: SIZE + 10, height: SIZE + 10 };
const nothing = maskOf(SIZE, SIZE, () => false);

function pictureOf(at: (x: number, y: number) => readonly [number, number, number]): Picture {
  const data = new Uint8Array(4 * SIZE * SIZE).fill(255);
  for (let i = 0; i < SIZE * SIZE; i++) data.set(at(i % SIZE, Math.floor(i / SIZE)), 4 * i);
  return { width: SIZE, height: SIZE, data };
}

const grey = (x: number, y: number): [number, number, number] => {
  const level = (x * 6 + y) % 256;
  return [level, level, level];
};
/** Brown in the shadows, cream in the lights. */
const sepia = (luma: number): [number, number, number] => [
  luma + 12 - luma / 20,
  luma - 3.5 + luma / 60,
  luma - 12 + luma / 40,
];
const spread = (rgb: readonly number[]): number => Math.max(...rgb) - Math.min(...rgb);

/** The pixels of a picture of noise, toned. */
function toned(picture: Picture, weight = 1): { before: Uint8Array; after: Uint8Array } {
  const tone = toneOf(picture, nothing, everywhere)!;
  const { data } = noisePicture(16, 16, 3);
  for (let i = 0; i < data.length; i++) data[i] = 60 + data[i]! / 2;
  const before = data.slice();
  applyTone(data, new Float32Array(256).fill(weight), tone);
  return { before, after: data };
}

describe('toneOf', () => {
  test('finds the tone of a photograph in black and white', () => {
    const { before, after } = toned(pictureOf(grey));
    for (let i = 0; i < after.length; i += 4) {
      const [red, green, blue] = after.slice(i, i + 3);
      expect([green, blue]).toEqual([red, red]);
      const luma = 0.299 * before[i]! + 0.587 * before[i + 1]! + 0.114 * before[i + 2]!;
      expect(Math.abs(red! - luma)).toBeLessThanOrEqual(0.5001);
    }
  });

  test('finds the tone of an aged print, though its colours stray a little', () => {
    const next = stream(1);
    const print = pictureOf((x, y) => {
      const [red, green, blue] = sepia(20 + ((x * 6 + y) % 210));
      return [red + 4 * next() - 2, green, blue + 4 * next() - 2];
    });
    const { after } = toned(print);
    for (let i = 0; i < after.length; i += 4) {
      const luma = 0.299 * after[i]! + 0.587 * after[i + 1]! + 0.114 * after[i + 2]!;
      sepia(luma).forEach((value, c) => {
        expect(Math.abs(after[i + c]! - value)).toBeLessThan(3);
      });
    }
  });

  test('is null for colours: all over, in a corner, and by a few pixels that have one of their own', () => {
    const next = stream(2);
    const colours = pictureOf(() => [255 * next(), 255 * next(), 255 * next()]);
    expect(toneOf(colours, nothing, everywhere)).toBeNull();
    const cornered = (side: number) =>
      pictureOf((x, y) => (x < side && y < side ? [180, 40, 40] : grey(x, y)));
    expect(toneOf(cornered(8), nothing, everywhere)).toBeNull();
    expect(toneOf(cornered(2), nothing, everywhere)).toBeNull();
    expect(toneOf(cornered(1), nothing, everywhere)).not.toBeNull();
  });

  test('looks at what is neither selected nor transparent, in the region alone', () => {
    const corner = pictureOf((x, y) => (x < 8 && y < 8 ? [180, 40, 40] : grey(x, y)));
    const selected = maskOf(SIZE, SIZE, (x, y) => (x < 8 && y < 8 ? 1 : 0));
    expect(toneOf(corner, selected, everywhere)).not.toBeNull();
    expect(toneOf(corner, nothing, { x: 8, y: 0, width: 30, height: 40 })).not.toBeNull();
    for (let y = 0; y < 8; y++) for (let x = 0; x < 8; x++) corner.data[4 * (y * SIZE + x) + 3] = 254;
    expect(toneOf(corner, nothing, everywhere)).not.toBeNull();
  });

  test('is null where little can be seen', () => {
    const all = maskOf(SIZE, SIZE, (x) => x > 4);
    expect(toneOf(pictureOf(grey), all, everywhere)).toBeNull();
    expect(toneOf(pictureOf(grey), nothing, { x: 90, y: 0, width: 9, height: 9 })).toBeNull();
  });

  test('knows what to do with lumas that the picture does not have', () => {
    const two = pictureOf((x) => (x < 20 ? [72, 60, 52] : [192, 180, 172]));
    const { after } = toned(two);
    for (let i = 0; i < after.length; i += 4)
      expect(spread([...after.slice(i, i + 3)])).toBeCloseTo(20, -0.7);
  });
});

describe('applyTone', () => {
  test('takes as much as the weight says', () => {
    const none = toned(pictureOf(grey), 0);
    expect(none.after).toEqual(none.before);
    const [half, whole] = [toned(pictureOf(grey), 0.5).after, toned(pictureOf(grey)).after];
    for (let i = 0; i < half.length; i++) {
      expect(Math.abs(half[i]! - (none.before[i]! + whole[i]!) / 2)).toBeLessThanOrEqual(1);
    }
  });
});

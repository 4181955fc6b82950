import { describe, expect, test } from 'vitest';
import type { Picture } from '../../../../../core/pixels/picture.ts';
import { inGrey, tinted, tintOf } from '../../../../../core/fill/detail/tint.ts';
import { maskOf, planesOf, stream } from '../../pixels/random.ts';

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
const next = stream(3);
const noise = planesOf(16, 16, () => 0.2 + 0.6 * next());
const lumaAt = (data: Float32Array, i: number): number =>
  255 * (0.299 * data[i]! + 0.587 * data[256 + i]! + 0.114 * data[512 + i]!);

/** Noise in the tint of a picture: [luma before, red, green, blue] of each px, levels. */
function toned(picture: Picture): (readonly [number, number, number, number])[] {
  const { data } = tinted(noise, tintOf(picture, nothing, everywhere)!);
  return Array.from({ length: 256 }, (_, i) => {
    const [red, green, blue] = [data[i]!, data[256 + i]!, data[512 + i]!];
    return [lumaAt(noise.data, i), 255 * red, 255 * green, 255 * blue] as const;
  });
}

describe('tintOf', () => {
  test('finds the tint of a photograph in black and white', () => {
    for (const [luma, ...colours] of toned(pictureOf(grey))) {
      expect(new Set(colours).size).toBe(1);
      expect(colours[0]).toBeCloseTo(luma, 4);
    }
  });

  test('finds the tint of an aged print, though its colours stray a little', () => {
    const next = stream(1);
    const print = pictureOf((x, y) => {
      const [red, green, blue] = sepia(20 + ((x * 6 + y) % 210));
      return [red + 4 * next() - 2, green, blue + 4 * next() - 2];
    });
    for (const [luma, ...colours] of toned(print)) {
      const expected = sepia(luma);
      colours.forEach((value, c) => {
        expect(Math.abs(value - expected[c]!)).toBeLessThan(2.5);
      });
    }
  });

  test('is null for colours: all over, in a corner, and by a few pixels that have one of their own', () => {
    const next = stream(2);
    const colours = pictureOf(() => [255 * next(), 255 * next(), 255 * next()]);
    expect(tintOf(colours, nothing, everywhere)).toBeNull();
    const cornered = (side: number) =>
      pictureOf((x, y) => (x < side && y < side ? [180, 40, 40] : grey(x, y)));
    expect(tintOf(cornered(8), nothing, everywhere)).toBeNull();
    expect(tintOf(cornered(2), nothing, everywhere)).toBeNull();
    expect(tintOf(cornered(1), nothing, everywhere)).not.toBeNull();
  });

  test('looks at what is neither selected nor transparent, in the region alone', () => {
    const corner = pictureOf((x, y) => (x < 8 && y < 8 ? [180, 40, 40] : grey(x, y)));
    const selected = maskOf(SIZE, SIZE, (x, y) => (x < 8 && y < 8 ? 1 : 0));
    expect(tintOf(corner, selected, everywhere)).not.toBeNull();
    expect(tintOf(corner, nothing, { x: 8, y: 0, width: 30, height: 40 })).not.toBeNull();
    for (let y = 0; y < 8; y++) for (let x = 0; x < 8; x++) corner.data[4 * (y * SIZE + x) + 3] = 254;
    expect(tintOf(corner, nothing, everywhere)).not.toBeNull();
  });

  test('is null where little can be seen', () => {
    const all = maskOf(SIZE, SIZE, (x) => x > 4);
    expect(tintOf(pictureOf(grey), all, everywhere)).toBeNull();
    expect(tintOf(pictureOf(grey), nothing, { x: 90, y: 0, width: 9, height: 9 })).toBeNull();
  });

  test('knows what to do with lumas that the picture does not have', () => {
    const two = pictureOf((x) => (x < 20 ? [72, 60, 52] : [192, 180, 172]));
    for (const [luma, red, green, blue] of toned(two)) {
      expect([red - green, green - blue]).toEqual([expect.closeTo(12, 3), expect.closeTo(8, 3)]);
      expect(0.299 * red + 0.587 * green + 0.114 * blue).toBeCloseTo(luma, 3);
    }
  });
});

test('inGrey leaves the luma of differences alone', () => {
  const { data } = inGrey(noise);
  for (let i = 0; i < 256; i++) {
    expect(data[i]).toBe(data[256 + i]);
    expect(data[i]).toBe(data[512 + i]);
    expect(255 * data[i]!).toBeCloseTo(lumaAt(noise.data, i), 4);
  }
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mixPixel } from '../../../../core/pixels/blend.ts';

const byte = fc.integer({ min: 0, max: 255 });
const pixel = fc.tuple(byte, byte, byte, byte).map((bytes) => Uint8Array.from(bytes));

function mixed(from: Uint8Array, to: Uint8Array, weight: number): number[] {
  const out = from.slice();
  mixPixel(out, from, to, 0, weight);
  return [...out];
}

describe('mixPixel', () => {
  test('gives the bytes of either end', () => {
    fc.assert(
      fc.property(pixel, pixel, (from, to) => {
        expect(mixed(from, to, 255)).toEqual([...to]);
        if (from[3]! > 0) expect(mixed(from, to, 0)).toEqual([...from]);
      }),
    );
  });

  test('lies between opaque pixels', () => {
    expect(mixed(Uint8Array.of(0, 100, 255, 255), Uint8Array.of(255, 200, 0, 255), 51)).toEqual([
      51, 120, 204, 255,
    ]);
  });

  test('takes no colour from what is transparent', () => {
    expect(mixed(Uint8Array.of(200, 0, 0, 0), Uint8Array.of(10, 20, 30, 255), 100)).toEqual([
      10, 20, 30, 100,
    ]);
    expect(mixed(Uint8Array.of(10, 20, 30, 255), Uint8Array.of(200, 0, 0, 0), 100)).toEqual([
      10, 20, 30, 155,
    ]);
    expect(mixed(Uint8Array.of(1, 2, 3, 0), Uint8Array.of(4, 5, 6, 0), 100)).toEqual([1, 2, 3, 0]);
  });
});

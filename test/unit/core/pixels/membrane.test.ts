import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Mask } from '../../../../core/pixels/masks/mask.ts';
import { membrane, membraneOver } from '../../../../core/pixels/membrane.ts';
import { maskOf, noiseMask, noisePlanes, planesOf, seed, side, stream } from './random.ts';

/** The largest difference from `truth` in the hole, which starts out as garbage. */
function worstError(hole: Mask, truth: (x: number, y: number) => number): number {
  const { width, height } = hole;
  const channel = planesOf(width, height, (x, y) =>
    hole.data[y * width + x]! > 0 ? 99 : truth(x, y),
  ).data.subarray(0, width * height);
  membraneOver(hole)(channel);
  let worst = 0;
  for (let i = 0; i < channel.length; i++) {
    worst = Math.max(worst, Math.abs(channel[i]! - truth(i % width, Math.floor(i / width))));
  }
  return worst;
}

const disc = (size: number) =>
  maskOf(size, size, (x, y) => Math.hypot(x - size / 2, y - size / 2) < size * 0.45);
const box = (size: number) => maskOf(size, size, (x, y) => Math.min(x, y) > 0 && Math.max(x, y) < size - 1);

describe('membrane', () => {
  test('keeps what is known, stays in the range of the border, ignores what is in the hole', () => {
    fc.assert(
      fc.property(side, side, seed, (width, height, random) => {
        const hole = noiseMask(width, height, random);
        const planes = noisePlanes(width, height, random + 1);
        const other = { ...planes, data: planes.data.slice() };
        const known = planes.data.slice();
        for (let i = 0; i < known.length; i++) {
          if (hole.data[i % hole.data.length]! > 0) other.data[i] = -50;
        }
        membrane(planes, hole);
        membrane(other, hole);
        expect(planes.data).toEqual(other.data);
        for (let i = 0; i < known.length; i++) {
          if (hole.data[i % hole.data.length] === 0) expect(planes.data[i]).toBe(known[i]);
          else if (hole.data.includes(0)) expect(Math.abs(planes.data[i]! - 0.5)).toBeLessThanOrEqual(0.7001);
          else expect(planes.data[i]).toBe(0);
        }
      }),
    );
  });

  test.each([disc(200), box(130), box(33)])('reproduces constants', (hole) => {
    expect(worstError(hole, () => 0.37)).toBeLessThan(1e-5);
  });

  test.each([disc(300), box(257), maskOf(200, 61, (x, y) => (x * 7 + y * 13) % 11 < 7)])(
    'comes close to linear ramps',
    (hole) => {
      expect(worstError(hole, (x, y) => (x + 2 * y) / 600)).toBeLessThan(0.015);
    },
  );

  test('comes close to a harmonic function', () => {
    expect(worstError(disc(256), (x, y) => ((x - 128) ** 2 - (y - 128) ** 2) / 128 ** 2)).toBeLessThan(0.05);
  });

  test('solves small holes to the digit', () => {
    // Three unknown pixels in a row between 0 and 1, with nothing above or below: a straight line.
    const channel = Float32Array.of(0, 9, 9, 9, 1);
    membraneOver({ width: 5, height: 1, data: Uint8Array.of(0, 255, 255, 255, 0) })(channel);
    [0.25, 0.5, 0.75].forEach((value, i) => {
      expect(channel[i + 1]).toBeCloseTo(value, 2);
    });
  });

  test('ends naturally at the edge of the picture', () => {
    const hole = maskOf(80, 40, (x, y) => x >= 20 && y >= 0);
    const channel = planesOf(80, 40, (x) => (x < 20 ? 0.8 : 0)).data.subarray(0, 3200);
    membraneOver(hole)(channel);
    for (const value of channel) expect(value).toBeCloseTo(0.8, 5);
  });

  test('does not carry noise of the border far into the hole', () => {
    const next = stream(5);
    const hole = maskOf(120, 120, (x, y) => x >= 10 && x < 110 && y >= 10 && y < 110);
    const channel = planesOf(120, 120, () => (next() < 0.5 ? 0 : 1)).data.subarray(0, 14400);
    membraneOver(hole)(channel);
    for (let y = 20; y < 100; y++) {
      for (let x = 20; x < 99; x++) {
        expect(Math.abs(channel[y * 120 + x]! - channel[y * 120 + x + 1]!)).toBeLessThan(0.05);
        expect(Math.abs(channel[y * 120 + x]! - 0.5)).toBeLessThan(0.3);
      }
    }
  });

  test('keeps several holes apart', () => {
    const hole = maskOf(60, 20, (x) => (x > 4 && x < 25) || (x > 34 && x < 55));
    const channel = planesOf(60, 20, (x) => (x < 30 ? 0 : 1)).data.subarray(0, 1200);
    membraneOver(hole)(channel);
    for (let i = 0; i < 1200; i++) expect(channel[i]).toBeCloseTo(i % 60 < 30 ? 0 : 1, 3);
  });
});

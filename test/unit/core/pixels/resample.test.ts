import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toPlanes } from '../../../../core/pixels/planes.ts';
import { prefill } from '../../../../core/fill/prefill.ts';
import { resizePlanes } from '../../../../core/pixels/resample.ts';
import { areaTaps, lanczosTaps } from '../../../../core/pixels/taps.ts';
import { maskOf, noiseMask, noisePicture, noisePlanes, planesOf, seed, side, stream } from './random.ts';

describe('taps', () => {
  test('area: weights are the overlaps of the intervals, each row and each column adds up', () => {
    fc.assert(
      fc.property(side, side, (source, target) => {
        fc.pre(target <= source);
        const { most, start, count, weights } = areaTaps(source, target);
        const used = new Float64Array(source);
        for (let i = 0; i < target; i++) {
          let sum = 0;
          for (let k = 0; k < count[i]!; k++) {
            const weight = weights[i * most + k]!;
            expect(weight).toBeGreaterThan(0);
            used[start[i]! + k]! += weight;
            sum += weight;
          }
          expect(sum).toBeCloseTo(1, 5);
        }
        for (const share of used) expect(share).toBeCloseTo(target / source, 5);
      }),
    );
  });

  test('lanczos: each row adds up, whatever the ratio', () => {
    fc.assert(
      fc.property(side, side, (source, target) => {
        const { most, count, weights } = lanczosTaps(source, target);
        for (let i = 0; i < target; i++) {
          const row = weights.subarray(i * most, i * most + count[i]!);
          expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
        }
      }),
    );
  });
});

describe('resizePlanes', () => {
  test('gives back planes of the same size', () => {
    const planes = noisePlanes(13, 9, 1);
    expect(resizePlanes(planes, 13, 9)).toEqual(planes);
  });

  test('keeps constants and, when shrinking, the mean', () => {
    fc.assert(
      fc.property(side, side, side, side, seed, (width, height, toWidth, toHeight, random) => {
        const flat = resizePlanes(
          planesOf(width, height, () => 0.3),
          toWidth,
          toHeight,
        );
        for (const value of flat.data) expect(value).toBeCloseTo(0.3, 5);
        if (toWidth > width || toHeight > height) return;
        const noise = noisePlanes(width, height, random);
        const mean = (data: Float32Array) => data.reduce((a, b) => a + b, 0) / data.length;
        expect(mean(resizePlanes(noise, toWidth, toHeight).data)).toBeCloseTo(mean(noise.data), 4);
      }),
    );
  });

  test('enlarges a smooth picture faithfully', () => {
    const wave = (x: number) => 0.5 + 0.4 * Math.sin(x / 4);
    const small = planesOf(32, 32, (x, y) => wave(x + 0.5) * wave(y + 0.5));
    const large = resizePlanes(small, 96, 96);
    for (let y = 12; y < 84; y++) {
      for (let x = 12; x < 84; x++) {
        expect(large.data[y * 96 + x]).toBeCloseTo(wave((x + 0.5) / 3) * wave((y + 0.5) / 3), 2);
      }
    }
  });
});

describe('toPlanes', () => {
  test('averages the footprint of each pixel', () => {
    const picture = noisePicture(12, 8, 3);
    const planes = toPlanes(picture, { x: 4, y: 2, width: 8, height: 4 }, { width: 2, height: 1 });
    let sum = 0;
    for (let y = 2; y < 6; y++) for (let x = 8; x < 12; x++) sum += picture.data[4 * (y * 12 + x) + 1]!;
    expect(planes.data[2 + 1]).toBeCloseTo(sum / 16 / 255, 5);
  });

  test('mirrors what lies outside', () => {
    const picture = noisePicture(5, 4, 7);
    const planes = toPlanes(picture, { x: -3, y: 0, width: 11, height: 4 }, { width: 11, height: 4 });
    expect(planes.data[3 - 2]).toBe(planes.data[3 + 2]);
    expect(planes.data[3 + 4 + 2]).toBe(planes.data[3 + 4 - 2]);
  });

  test('weighs colours with their alpha, and shows grey where there is none', () => {
    const data = Uint8Array.of(200, 0, 0, 255, 0, 90, 0, 0, 8, 8, 8, 0, 9, 9, 9, 0);
    const planes = toPlanes(
      { width: 4, height: 1, data },
      { x: 0, y: 0, width: 4, height: 1 },
      { width: 2, height: 1 },
    );
    [200 / 255, 0.5, 0, 0.5, 0, 0.5].forEach((value, i) => {
      expect(planes.data[i]).toBeCloseTo(value, 6);
    });
  });
});

describe('prefill', () => {
  test('does not depend on what is under a full selection', () => {
    fc.assert(
      fc.property(side, side, side, seed, (width, height, target, random) => {
        const picture = noisePicture(width, height, random);
        const other = { ...picture, data: picture.data.slice() };
        const selection = noiseMask(width, height, random + 1);
        const next = stream(random + 2);
        for (let i = 0; i < selection.data.length; i++) {
          if (selection.data[i] === 255) other.data.fill(Math.floor(next() * 256), 4 * i, 4 * i + 3);
        }
        const rect = { x: -3, y: 2, width: target + 6, height: target };
        const size = { width: Math.ceil(target / 2), height: target };
        expect(prefill(picture, rect, selection, size)).toEqual(prefill(other, rect, selection, size));
      }),
    );
  });

  test('is the picture where nothing is selected', () => {
    const picture = noisePicture(20, 20, 2);
    const rect = { x: 0, y: 0, width: 20, height: 20 };
    const selection = maskOf(20, 20, () => false);
    expect(prefill(picture, rect, selection, rect)).toEqual(toPlanes(picture, rect, rect));
  });

  test('continues the surroundings smoothly', () => {
    const data = new Uint8Array(40 * 40 * 4).fill(255);
    for (let i = 0; i < 1600; i++) data.fill(4 * (i % 40) + 40, 4 * i, 4 * i + 3);
    const selection = maskOf(40, 40, (x, y) => x > 9 && x < 30 && y > 9 && y < 30);
    const rect = { x: 0, y: 0, width: 40, height: 40 };
    const planes = prefill({ width: 40, height: 40, data }, rect, selection, { width: 20, height: 20 });
    for (let x = 1; x < 20; x++) {
      expect((planes.data[10 * 20 + x]! - planes.data[10 * 20 + x - 1]!) * 255).toBeCloseTo(8, 0);
    }
  });

  test('shows grey where everything is selected', () => {
    const picture = noisePicture(8, 8, 2);
    const rect = { x: 0, y: 0, width: 8, height: 8 };
    const { data } = prefill(
      picture,
      rect,
      maskOf(8, 8, () => true),
      rect,
    );
    for (const value of data) expect(value).toBe(0.5);
  });
});

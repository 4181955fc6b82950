import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeMap, mapSize, NO_CODE } from '../../../../core/palette/codeMap.ts';
import { FEATURES, type Features } from '../../../../core/palette/swatchFeatures.ts';
import { seed, stream } from '../pixels/random.ts';
import { noiseFeatures } from './support.ts';

/** The mean distance between neighbours. */
function strain({ codes, values }: Features, map: Int32Array): number {
  const { width } = mapSize(codes);
  let sum = 0;
  let pairs = 0;
  for (let place = 0; place < codes; place++) {
    for (const next of [(place + 1) % width > 0 ? place + 1 : -1, place + width]) {
      if (next < 0 || next >= codes) continue;
      let squares = 0;
      for (let f = 0; f < FEATURES; f++) {
        squares += (values[map[place]! * FEATURES + f]! - values[map[next]! * FEATURES + f]!) ** 2;
      }
      sum += Math.sqrt(squares);
      pairs++;
    }
  }
  return sum / pairs;
}

function shuffled(codes: number, random: number): Int32Array {
  const next = stream(random);
  const keys = Array.from({ length: codes }, () => next());
  return Int32Array.from(keys.keys()).sort((a, b) => keys[a]! - keys[b]!);
}

test.each([
  [0, 0, 0],
  [1, 1, 1],
  [2, 2, 1],
  [5, 3, 2],
  [1000, 32, 32],
  [1024, 32, 32],
  [16384, 128, 128],
])('the map of %i codes is nearly square', (codes, width, height) => {
  expect(mapSize(codes)).toEqual({ width, height });
});

describe('a map', () => {
  test('has every code once, and gaps only at its end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 90 }), seed, (codes, random) => {
        const map = codeMap(noiseFeatures(codes, random));
        const { width, height } = mapSize(codes);
        expect(map).toHaveLength(width * height);
        expect([...map.subarray(0, codes)].sort((a, b) => a - b)).toEqual([...Array(codes).keys()]);
        expect(map.subarray(codes).every((code) => code === NO_CODE)).toBe(true);
      }),
    );
  });

  test('is the same each time', () => {
    expect(codeMap(noiseFeatures(300, 4))).toEqual(codeMap(noiseFeatures(300, 4)));
  });

  test('has neighbours that look alike: far more than by chance or by id', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 600 }), seed, (codes, random) => {
        const features = noiseFeatures(codes, random);
        const strained = strain(features, codeMap(features));
        const ids = Int32Array.from({ length: codes }, (_, code) => code);
        expect(strained).toBeLessThan(0.6 * strain(features, shuffled(codes, random)));
        expect(strained).toBeLessThan(0.6 * strain(features, ids));
      }),
      { numRuns: 15 },
    );
  });

  test('lays a plane out as a plane', () => {
    const side = 12;
    const order = shuffled(side * side, 5);
    const values = new Float32Array(side * side * FEATURES);
    order.forEach((code, place) => {
      values.set([place % side, Math.floor(place / side)], code * FEATURES);
    });
    const features = { codes: side * side, values };
    expect(strain(features, codeMap(features))).toBeLessThan(1.3); // 1 at best
  });

  test('can be made of codes that all look the same', () => {
    const map = codeMap({ codes: 10, values: new Float32Array(10 * FEATURES) });
    expect([...map].sort((a, b) => a - b)).toEqual([-1, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});

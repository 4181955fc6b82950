import { describe, expect, test } from 'vitest';
import { labOfHex } from '../../../../core/palette/lab.ts';
import { FEATURES, swatchFeatures } from '../../../../core/palette/swatchFeatures.ts';
import { swatchesOf } from './support.ts';

type Rgb = [number, number, number];

const grey = (level: number): Rgb => [level, level, level];
const wave = (phase: number): Rgb => grey(Math.round(128 + 60 * Math.sin((2 * Math.PI * phase) / 8)));

function featuresOf(paint: (x: number, y: number) => Rgb): number[] {
  const { codes, values } = swatchFeatures(swatchesOf(24, [() => [9, 9, 9], paint]));
  expect(codes).toBe(2);
  return [...values.subarray(FEATURES)];
}

describe('the features of a code', () => {
  test('are its colour, where it has nothing else', () => {
    const [l, a, b, ...texture] = featuresOf(() => [0x1e, 0x90, 0xff]);
    const expected = labOfHex('#1e90ff');
    [l, a, b].forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 3);
    });
    for (const value of texture) expect(value).toBeCloseTo(0, 2);
  });

  test('mean colours in linear light, as the eye does from afar', () => {
    const [l] = featuresOf((x, y) => grey((x + y) % 2 === 0 ? 0 : 255));
    expect(l).toBeCloseTo(labOfHex('#bcbcbc')[0], 0); // half the light of white
  });

  test.each([
    ['upright lines', (x: number) => wave(x), 1, 0],
    ['lying lines', (_: number, y: number) => wave(y), -1, 0],
    ['lines from lower left to upper right', (x: number, y: number) => wave(x + y), 0, 1],
    ['lines from upper left to lower right', (x: number, y: number) => wave(x - y), 0, -1],
    ['checks', (x: number, y: number) => wave(x)[0] + wave(y)[0], 0, 0],
  ] as const)('tell the direction of %s', (_, paint, cos, sin) => {
    const values = featuresOf((x, y) => {
      const painted = paint(x, y);
      return typeof painted === 'number' ? grey(painted >> 1) : painted;
    });
    const contrast = values[3]!;
    expect(contrast).toBeGreaterThan(8);
    expect(Math.abs(values[4]! / contrast - cos)).toBeLessThan(0.05);
    expect(Math.abs(values[5]! / contrast - sin)).toBeLessThan(0.05);
  });

  test('are found once for the same swatches', () => {
    const swatches = swatchesOf(3, [() => [1, 2, 3]]);
    expect(swatchFeatures(swatches)).toBe(swatchFeatures(swatches));
  });
});

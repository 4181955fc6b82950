import { describe, expect, test } from 'vitest';
import { labDistance, labOfHex } from '../../../../core/palette/lab.ts';

describe('colours', () => {
  // As colour calculators give them for sRGB with D65.
  test.each([
    ['#ffffff', [100, 0, 0]],
    ['#000000', [0, 0, 0]],
    ['#808080', [53.585, 0, 0]],
    ['#ff0000', [53.241, 80.092, 67.203]],
    ['#00FF00', [87.735, -86.183, 83.179]],
    ['#0000ff', [32.297, 79.188, -107.86]],
    ['#1e90ff', [59.38, 9.97, -63.39]],
  ])('%s is where CIE Lab has it', (text, expected) => {
    labOfHex(text).forEach((value, i) => {
      expect(Math.abs(value - expected[i]!)).toBeLessThan(0.02);
    });
  });

  test('are as far apart as they look', () => {
    expect(labDistance(labOfHex('#000000'), labOfHex('#ffffff'))).toBeCloseTo(100, 1);
    expect(labDistance(labOfHex('#777777'), labOfHex('#787878'))).toBeLessThan(1);
  });

  test.each(['red', '#fff', '#12345g', ' #123456'])('“%s” is refused', (text) => {
    expect(() => labOfHex(text)).toThrow(`“${text}” is not a colour.`);
  });
});

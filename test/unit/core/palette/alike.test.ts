import { describe, expect, test } from 'vitest';
import { nearestCodes, similarCodes, usedCodes } from '../../../../core/palette/alike.ts';
import { createGrid, MASK } from '../../../../core/tokens/grid.ts';
import { swatchesOf } from './support.ts';

describe('similarCodes', () => {
  const swatches = swatchesOf(8, [
    () => [200, 30, 30],
    () => [30, 30, 200],
    (x) => (x % 4 < 2 ? [220, 40, 40] : [175, 15, 15]),
    () => [210, 40, 40],
    () => [200, 30, 30],
  ]);

  test('begins with the code itself and its equals, then goes from alike to different', () => {
    expect(similarCodes(swatches, 0)).toEqual([0, 4, 3, 2, 1]);
    expect(similarCodes(swatches, 4)).toEqual([4, 0, 3, 2, 1]);
    expect(similarCodes(swatches, 1)[0]).toBe(1);
  });
});

describe('nearestCodes', () => {
  const colors = ['#ff0000', '#00ff00', '#f01010', '#0000ff', '#ff0000'];

  test('orders all codes by what the eye sees', () => {
    expect(nearestCodes(colors, '#ff0000')).toEqual([0, 4, 2, 1, 3]);
    expect(nearestCodes(colors, '#00F000')[0]).toBe(1);
  });

  test('refuses what is no colour', () => {
    expect(() => nearestCodes(colors, 'blue')).toThrow('“blue” is not a colour.');
  });
});

describe('usedCodes', () => {
  test('counts codes, not gaps, the most frequent first', () => {
    const grid = createGrid(4, 2, [7, 3, 7, MASK, 5, 7, 3, MASK]);
    expect(usedCodes(grid)).toEqual([
      { id: 7, count: 3 },
      { id: 3, count: 2 },
      { id: 5, count: 1 },
    ]);
    expect(usedCodes(createGrid(2, 2))).toEqual([]);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { selectionToHole } from '../../../../core/frames/selectionToHole.ts';
import { maskOf, noiseMask, seed, side } from '../pixels/random.ts';

describe('selectionToHole', () => {
  test('is every cell with a selected pixel in its footprint', () => {
    const frames = fc.record({
      x: fc.integer({ min: -30, max: 30 }),
      y: fc.integer({ min: -30, max: 30 }),
      unit: fc.integer({ min: 1, max: 11 }),
      columns: fc.integer({ min: 1, max: 8 }),
      rows: fc.integer({ min: 1, max: 8 }),
    });
    fc.assert(
      fc.property(side, side, seed, frames, (width, height, random, { x, y, unit, columns, rows }) => {
        const mask = noiseMask(width, height, random);
        const frame = {
          rect: { x, y, width: columns * unit, height: rows * unit },
          scale: unit / 8,
          columns,
          rows,
        };
        const expected = new Set<number>();
        mask.data.forEach((value, i) => {
          const column = Math.floor(((i % width) - x) / unit);
          const row = Math.floor((Math.floor(i / width) - y) / unit);
          const inside = column >= 0 && row >= 0 && column < columns && row < rows;
          if (value > 0 && inside) expected.add(row * columns + column);
        });
        expect([...selectionToHole(mask, frame)]).toEqual([...expected].sort((a, b) => a - b));
      }),
    );
  });

  test('what is mirrored in from outside the picture is no hole', () => {
    const mask = maskOf(8, 8, () => true);
    const frame = { rect: { x: -8, y: 0, width: 24, height: 8 }, scale: 1, columns: 3, rows: 1 };
    expect([...selectionToHole(mask, frame)]).toEqual([1]);
  });
});

import fc from 'fast-check';
import type { Frame } from '../../../../core/frames/frame.ts';
import { createGrid, MASK, type TokenGrid } from '../../../../core/tokens/grid.ts';

/** Frames of a few tokens, whose px per token is a whole number; also below zero. */
export const frames: fc.Arbitrary<Frame> = fc
  .record({
    x: fc.integer({ min: -90, max: 90 }),
    y: fc.integer({ min: -90, max: 90 }),
    unit: fc.integer({ min: 1, max: 24 }),
    columns: fc.integer({ min: 1, max: 9 }),
    rows: fc.integer({ min: 1, max: 9 }),
  })
  .map(({ x, y, unit, columns, rows }) => ({
    rect: { x, y, width: columns * unit, height: rows * unit },
    scale: unit / 8,
    columns,
    rows,
  }));

/** Small grids of some codes, with gaps. */
export function grids(codes: number): fc.Arbitrary<TokenGrid> {
  const side = fc.integer({ min: 1, max: 8 });
  return fc.tuple(side, side).chain(([width, height]) => {
    const cells = width * height;
    return fc
      .array(fc.integer({ min: MASK, max: codes - 1 }), { minLength: cells, maxLength: cells })
      .map((ids) => createGrid(width, height, ids));
  });
}

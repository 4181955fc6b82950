import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TokenPatch } from '../../../core/tokens/edit.ts';
import {
  applyPatch,
  composePatches,
  eraseTokens,
  invertPatch,
  replaceToken,
  setTokens,
} from '../../../core/tokens/edit.ts';
import { MASK, createGrid } from '../../../core/tokens/grid.ts';
import type { TokenGrid } from '../../../core/tokens/grid.ts';

const CODES = 5;
const id = fc.integer({ min: MASK, max: CODES - 1 });

const gridOf = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
  .chain(([width, height]) =>
    fc
      .array(id, { minLength: width * height, maxLength: width * height })
      .map((ids) => createGrid(width, height, ids)),
  );

type Edit = (grid: TokenGrid) => TokenPatch;

const editOf: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(fc.array(fc.nat(1000), { maxLength: 10 }), id).map(
    ([cells, to]): Edit =>
      (grid) =>
        setTokens(
          grid,
          cells.map((cell) => cell % grid.ids.length),
          to,
        ),
  ),
  fc.tuple(id, id).map(
    ([from, to]): Edit =>
      (grid) =>
        replaceToken(grid, from, to),
  ),
);

describe('token patches', () => {
  it('are undone by their inverse', () => {
    fc.assert(
      fc.property(gridOf, editOf, (grid, edit) => {
        const patch = edit(grid);
        expect(applyPatch(applyPatch(grid, patch), invertPatch(patch))).toEqual(grid);
      }),
    );
  });

  it('compose into one that does what both do, and whose inverse undoes both', () => {
    fc.assert(
      fc.property(gridOf, editOf, editOf, (grid, editFirst, editSecond) => {
        const first = editFirst(grid);
        const middle = applyPatch(grid, first);
        const second = editSecond(middle);
        const both = composePatches(first, second);
        expect(applyPatch(grid, both)).toEqual(applyPatch(middle, second));
        expect(applyPatch(applyPatch(grid, both), invertPatch(both))).toEqual(grid);
        expect(composePatches(first, invertPatch(first)).cells).toHaveLength(0);
      }),
    );
  });

  it('hold only what differs, each cell once and ascending', () => {
    const grid = createGrid(3, 1, [1, 2, 1]);
    expect(setTokens(grid, [2, 1, 1, 0], 2)).toEqual({
      cells: Int32Array.of(0, 2),
      before: Int32Array.of(1, 1),
      after: Int32Array.of(2, 2),
    });
  });

  it('leave the grid they are applied to as it was', () => {
    const grid = createGrid(2, 1, [1, 2]);
    expect([...applyPatch(grid, setTokens(grid, [0], 4)).ids]).toEqual([4, 2]);
    expect([...grid.ids]).toEqual([1, 2]);
  });

  it('are refused by a grid they were not made for', () => {
    const patch = setTokens(createGrid(2, 1, [1, 2]), [0], 4);
    expect(() => applyPatch(createGrid(2, 1, [3, 2]), patch)).toThrow('The patch expects token 1 at cell 0.');
  });
});

describe('replaceToken', () => {
  it('replaces an id wherever it is, missing ones included', () => {
    const grid = createGrid(4, 1, [1, MASK, 1, 2]);
    expect([...applyPatch(grid, replaceToken(grid, 1, 3)).ids]).toEqual([3, MASK, 3, 2]);
    expect([...applyPatch(grid, replaceToken(grid, MASK, 0)).ids]).toEqual([1, 0, 1, 2]);
  });
});

describe('eraseTokens', () => {
  it('takes tokens away', () => {
    const grid = createGrid(3, 1, [1, 2, 3]);
    expect([...applyPatch(grid, eraseTokens(grid, [0, 2])).ids]).toEqual([MASK, 2, MASK]);
  });

  it('refuses cells outside the grid', () => {
    expect(() => eraseTokens(createGrid(3, 1), [3])).toThrow('The grid of 3 x 1 tokens has no cell 3.');
  });
});

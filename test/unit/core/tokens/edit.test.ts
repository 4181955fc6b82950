import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TokenPatch } from '../../../../core/tokens/edit.ts';
import {
  applyPatch,
  composePatches,
  invertPatch,
  putTokens,
  replaceEdit,
  setEdit,
} from '../../../../core/tokens/edit.ts';
import { MASK, createGrid } from '../../../../core/tokens/grid.ts';
import type { TokenGrid } from '../../../../core/tokens/grid.ts';

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
        putTokens(
          grid,
          setEdit(
            cells.map((cell) => cell % grid.ids.length),
            to,
          ),
        ),
  ),
  fc.tuple(fc.array(id), id).map(
    ([from, to]): Edit =>
      (grid) =>
        putTokens(grid, replaceEdit(grid, new Set(from), to)),
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
    expect(putTokens(grid, setEdit([2, 1, 1, 0], 2))).toEqual({
      cells: Int32Array.of(0, 2),
      before: Int32Array.of(1, 1),
      after: Int32Array.of(2, 2),
    });
  });

  it('leave the grid they are applied to as it was', () => {
    const grid = createGrid(2, 1, [1, 2]);
    expect([...applyPatch(grid, putTokens(grid, setEdit([0], 4))).ids]).toEqual([4, 2]);
    expect([...grid.ids]).toEqual([1, 2]);
  });

  it('are refused by a grid they were not made for', () => {
    const patch = putTokens(createGrid(2, 1, [1, 2]), setEdit([0], 4));
    expect(() => applyPatch(createGrid(2, 1, [3, 2]), patch)).toThrow('The patch expects token 1 at cell 0.');
  });
});

describe('setEdit', () => {
  it('names each cell once, ascending', () => {
    expect(setEdit([7, 2, 7], 5)).toEqual({ cells: Int32Array.of(2, 7), ids: Int32Array.of(5, 5) });
  });
});

describe('putTokens', () => {
  it('takes tokens away where MASK is put', () => {
    const grid = createGrid(3, 1, [1, 2, 3]);
    expect([...applyPatch(grid, putTokens(grid, setEdit([0, 2], MASK))).ids]).toEqual([MASK, 2, MASK]);
  });

  it('puts another token into each cell', () => {
    const grid = createGrid(3, 1, [1, 2, 3]);
    const patch = putTokens(grid, { cells: Int32Array.of(0, 1, 2), ids: Int32Array.of(4, 2, 5) });
    expect([...applyPatch(grid, patch).ids]).toEqual([4, 2, 5]);
    expect([...patch.cells]).toEqual([0, 2]);
  });

  it('refuses cells outside the grid', () => {
    for (const cell of [3, -1]) {
      expect(() => putTokens(createGrid(3, 1), setEdit([cell], 0))).toThrow(
        `The grid of 3 x 1 tokens has no cell ${cell}.`,
      );
    }
  });
});

describe('replaceEdit', () => {
  const grid = createGrid(4, 1, [1, MASK, 1, 2]);
  const after = (...edit: Parameters<typeof replaceEdit>): number[] => [
    ...applyPatch(grid, putTokens(grid, replaceEdit(...edit))).ids,
  ];

  it('replaces ids wherever they are, missing ones included', () => {
    expect(after(grid, new Set([1]), 3)).toEqual([3, MASK, 3, 2]);
    expect(after(grid, new Set([MASK, 2]), 0)).toEqual([1, 0, 1, 0]);
  });

  it('leaves alone what lies outside the cells that are meant', () => {
    expect(after(grid, new Set([1, 2]), 3, [3, 2])).toEqual([1, MASK, 3, 3]);
  });
});

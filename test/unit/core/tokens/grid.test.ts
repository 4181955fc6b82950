import { describe, expect, it } from 'vitest';
import { MASK, checkIds, cloneGrid, createGrid, missingCells } from '../../../../core/tokens/grid.ts';

describe('createGrid', () => {
  it('has every token missing where no ids are given', () => {
    expect(createGrid(3, 2)).toEqual({ width: 3, height: 2, ids: new Int32Array(6).fill(MASK) });
  });

  it('copies the ids and refuses a wrong number of them', () => {
    const ids = Int32Array.of(1, 2);
    const grid = createGrid(2, 1, ids);
    ids[0] = 9;
    expect([...grid.ids]).toEqual([1, 2]);
    expect(() => createGrid(2, 2, ids)).toThrow('A grid of 2 x 2 has 4 tokens, not 2.');
  });
});

describe('cloneGrid', () => {
  it('shares nothing', () => {
    const grid = createGrid(2, 1, [1, 2]);
    cloneGrid(grid).ids[0] = 7;
    expect(grid.ids[0]).toBe(1);
  });
});

describe('missingCells', () => {
  it('lists them in order', () => {
    expect([...missingCells(createGrid(3, 1, [MASK, 4, MASK]))]).toEqual([0, 2]);
  });
});

describe('checkIds', () => {
  it('accepts codes and missing tokens', () => {
    expect(() => {
      checkIds(createGrid(3, 1, [0, 7, MASK]), 8);
    }).not.toThrow();
  });

  it('says where a token is that the package does not have', () => {
    expect(() => {
      checkIds(createGrid(2, 2, [0, 1, 2, 8]), 8);
    }).toThrow('The token at row 1, column 1 is 8, and this package has the codes 0 to 7.');
    expect(() => {
      checkIds(createGrid(1, 1, [-2]), 8);
    }).toThrow('is -2');
  });
});

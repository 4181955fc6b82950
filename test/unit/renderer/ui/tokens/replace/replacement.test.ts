import { describe, expect, it } from 'vitest';
import { createRng } from '../../../../../../core/base/rng.ts';
import type { FillRequest } from '../../../../../../core/sampling/request.ts';
import { createGrid } from '../../../../../../core/tokens/grid.ts';
import { candidateText } from '../../../../../../renderer/ui/text/names.ts';
import { revealedAfter } from '../../../../../../renderer/ui/tokens/candidates/revealed.ts';
import { valueText } from '../../../../../../renderer/ui/tokens/heat/heatTexts.ts';
import {
  countFound,
  sourceChoices,
  sourceCodes,
} from '../../../../../../renderer/ui/tokens/replace/replacement.ts';
import { aroundCells } from '../../../../../../renderer/ui/thumbnails/region.ts';

describe('find and replace', () => {
  const grid = createGrid(4, 1, [1, 2, 1, 3]);

  it('counts what it would change', () => {
    expect(countFound(grid, new Set([1]), null)).toBe(2);
    expect(countFound(grid, new Set([1]), new Set([2, 3]))).toBe(1);
  });

  it('looks for a code, for favourites, or for a set', () => {
    const tools = {
      favourites: { p: [4, 5] },
      sets: [
        { name: 'Sky', package: 'p', codes: [7] },
        { name: 'Sky', package: 'q', codes: [8] },
      ],
    };
    const [one, favourites, sky, ...more] = sourceChoices(tools, 'p').map(({ value }) => value);
    expect(more).toEqual([]);
    const codes = (choice: string): number[] => [...sourceCodes(choice, 3, tools, 'p')];
    expect([codes(one!), codes(favourites!), codes(sky!)]).toEqual([[3], [4, 5], [7]]);
  });
});

describe('suggestions', () => {
  const frame = { rect: { x: -16, y: 0, width: 128, height: 64 }, scale: 1, columns: 16, rows: 8 };
  const canvas = { x: 0, y: 0, width: 100, height: 64 };

  it('are shown with what is around them', () => {
    // Cell 20 is row 1, column 4: px 16 .. 24 and 8 .. 16.
    expect(aroundCells(frame, [20], canvas)).toEqual({ x: 4, y: 0, width: 32, height: 32 });
    expect(aroundCells(frame, [20 + 32, 21 + 32], canvas)).toEqual({ x: 4, y: 8, width: 40, height: 40 });
  });

  it('are shown inside the picture', () => {
    const { x, y, width, height } = aroundCells(frame, [15 * 1 + 16 * 7], canvas);
    expect([x + width, y + height]).toEqual([100, 64]);
    expect(aroundCells(frame, [0, 127], canvas)).toEqual({ x: 16, y: 0, width: 64, height: 64 });
  });
});

describe('candidates', () => {
  const request: FillRequest = {
    package: { id: 'p', sha256: 'ab' },
    grid: { width: 2, height: 2, ids: [1, 2, 3, 4] },
    hole: [1, 2, 3],
    pins: [3],
    seed: 1,
    order: 'random',
    schedule: 'cosine',
    steps: 2,
    temperature: 1,
    gumbel: 0,
    filters: {},
    remasking: { kind: 'none' },
    candidates: 1,
  };
  const rng = createRng(1).state();
  const step = (cell: number) => ({
    changed: Int32Array.from([cell]),
    ids: Int32Array.from([7]),
    probabilities: Float32Array.from([0.5]),
    rng,
  });

  it('tell how much of them is there after a step', () => {
    const frame = { request, hole: request.hole, trace: [step(1), step(2)] };
    expect([0, 1, 2].map((steps) => revealedAfter(frame, steps))).toEqual([1, 2, 3]); // the pin from the start
  });

  it('are called by their number, or by what made them', () => {
    expect(['2', 'Mix', 'Branch 1'].map(candidateText)).toEqual(['Candidate 2', 'Mix', 'Branch 1']);
  });
});

it('writes the ends of heat maps in their units', () => {
  expect(valueText({ kind: 'confidence' }, 1)).toBe('100 %');
  expect(valueText({ kind: 'entropy' }, 10)).toBe('10.0 bits');
  expect(valueText({ kind: 'error' }, 32)).toBe('32.0 levels');
});

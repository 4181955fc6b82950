import { describe, expect, it } from 'vitest';
import { empty } from '../../../../../core/raster/make.ts';
import { createGrid, MASK } from '../../../../../core/tokens/grid.ts';
import type { SeenTokens } from '../../../../../renderer/state/tokens/tokenWork.svelte.ts';
import { TokenWork } from '../../../../../renderer/state/tokens/tokenWork.svelte.ts';
import { cellFacts, howText } from '../../../../../renderer/ui/tokens/inspector/cellFacts.ts';

const frameTokens: SeenTokens = {
  tokens: {
    package: { id: 'p', sha256: 'ab' },
    frame: { rect: { x: 0, y: 0, width: 24, height: 16 }, scale: 1, columns: 3, rows: 2 },
    grid: createGrid(3, 2, [5, 6, 7, 8, 9, MASK]),
    pins: [4],
    provenance: [
      { kind: 'encoded' },
      { kind: 'painted' },
      { kind: 'filled', step: 4, probability: 0.62 },
      { kind: 'pinned' },
      { kind: 'painted' },
      { kind: 'missing' },
    ],
  },
  picture: empty({ x: 0, y: 0, width: 24, height: 16 }, 4),
  errors: Float32Array.from([1, 2.25, 3, 4, 5, 6]),
};

function looked(change: Partial<TokenWork> = {}): TokenWork {
  return Object.assign(new TokenWork(), { frameTokens }, change);
}

describe('a token that is looked at', () => {
  it('has a code, a place, a past and an error', () => {
    expect(cellFacts(looked(), new Set(), 1)).toEqual({
      code: 6,
      place: 'row 0, column 1',
      how: 'Painted by hand.',
      figures: [{ label: 'Error', value: '2.3 levels' }],
    });
    expect(cellFacts(looked(), new Set(), 5)?.code).toBeNull();
  });

  it('is what a gesture under way paints', () => {
    const stroke = { ids: new Map([[0, 99]]), shown: new Set<number>() };
    expect(cellFacts(looked({ stroke }), new Set(), 0)).toMatchObject({ code: 99, how: 'Painted by hand.' });
  });

  it('has the figures that were measured', () => {
    const heat = {
      kind: 'entropy',
      values: new Float32Array(6).fill(2.5),
      least: 0,
      most: 10,
      of: frameTokens.tokens,
    } as const;
    expect(cellFacts(looked({ heat }), new Set(), 0)?.figures).toContainEqual({
      label: 'Entropy',
      value: '2.5 bits',
    });
  });

  it('is nothing outside the frame', () => {
    expect(cellFacts(looked(), new Set(), 6)).toBeNull();
    expect(cellFacts(looked({ frameTokens: null }), new Set(), 0)).toBeNull();
  });
});

it('says how a token came to be, and what the next fill does with it', () => {
  const free = { pinned: false, inHole: false };
  expect(howText({ kind: 'filled', step: 4, probability: 0.62 }, free)).toBe(
    'Filled at step 4, probability 62 %.',
  );
  expect(howText({ kind: 'encoded' }, free)).toBe('Encoded from the picture.');
  expect(howText({ kind: 'pinned' }, free)).toBe('Pinned in a fill, as a hint.');
  expect(howText(undefined, free)).toBe('Not known yet.');
  expect(howText({ kind: 'encoded' }, { pinned: false, inHole: true })).toContain('In the hole');
  expect(howText({ kind: 'painted' }, { pinned: true, inHole: true })).toBe(
    'Painted by hand; pinned, so that fills keep it.',
  );
});

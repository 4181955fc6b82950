import { describe, expect, it } from 'vitest';
import { TesseraError } from '../../../../core/base/errors.ts';
import { PRESETS } from '../../../../core/sampling/presets.ts';
import type { FillRequest, Order, Remasking } from '../../../../core/sampling/request.ts';
import type { FillStart } from '../../../../core/tokens/fillStart.ts';
import { checkStart, validateRequest } from '../../../../core/sampling/validate.ts';
import { MASK } from '../../../../core/tokens/grid.ts';
import { requestFor } from './support/requests.ts';

const good = requestFor(2, 2);

describe('validateRequest', () => {
  it('accepts a good request and every preset', () => {
    expect(() => {
      validateRequest(good, 4);
      for (const preset of Object.values(PRESETS)) validateRequest({ ...good, ...preset }, 4);
    }).not.toThrow();
  });

  const ids = (...list: number[]): FillRequest['grid'] => ({ width: 2, height: 2, ids: list });
  const bad: readonly (readonly [string, Partial<FillRequest>])[] = [
    ['A grid of 2 x 2 has 4 tokens, not 3.', { grid: ids(1, 2, 3) }],
    [
      'The grid width must be a whole number from 1 to 65536, not 0.',
      { grid: { width: 0, height: 2, ids: [] } },
    ],
    ['The token at cell 1 is 4; this model has the codes 0 to 3.', { grid: ids(0, 4, 0, 0) }],
    ['The token at cell 0 is missing but not in the hole.', { hole: [1] }],
    ['The hole list cell 4; the grid has 4.', { hole: [0, 1, 2, 3, 4] }],
    ['The hole list cell 1 twice.', { hole: [0, 1, 2, 3, 1] }],
    ['Cell 2 is pinned but not in the hole.', { grid: ids(0, 0, 0, 0), hole: [1], pins: [2] }],
    ['Cell 2 is pinned but has no token.', { pins: [2] }],
    ['The seed must be a whole number from 0 to 4294967295, not -1.', { seed: -1 }],
    [
      'The order must be one of random, confidence, annealed, purity, halton, raster, ancestral, not spiral.',
      { order: 'spiral' as Order },
    ],
    ['The steps must be a whole number from 1 to 10000, not 2.5.', { steps: 2.5 }],
    ['The candidates must be a whole number from 1 to 64, not 65.', { candidates: 65 }],
    ['The temperature must be a number from 0 to 100, not NaN.', { temperature: NaN }],
    ['The gumbel must be a number from 0 to 1000000000, not -1.', { gumbel: -1 }],
    ['The top-k must be a whole number from 1 to 2147483647, not 0.', { filters: { topK: 0 } }],
    ['The top-p must be above 0 and at most 1, not 0.', { filters: { topP: 0 } }],
    ['The truncation must be above 0 and at most 1, not 1.1.', { filters: { truncation: 1.1 } }],
    [
      'The remasking must be one of none, cap, rescale, conf, loop, not all.',
      { remasking: { kind: 'all' } as unknown as Remasking },
    ],
    ['The eta must be a number from 0 to 1, not 2.', { remasking: { kind: 'cap', eta: 2 } }],
    ['The loop must start before it ends.', { remasking: { kind: 'loop', eta: 0, from: 0.5, to: 0.5 } }],
    [
      'The loop alpha must be between 0 and 1, not 1.',
      { remasking: { kind: 'loop', eta: 0, from: 0.5, to: 0.6, alpha: 1 } },
    ],
  ];
  it.each(bad)('%s', (message, changes) => {
    expect(() => {
      validateRequest({ ...good, ...changes }, 4);
    }).toThrow(new TesseraError('usage', message, 'Correct the request and try again.'));
  });

  it('lets tokens of the hole be missing, or stale', () => {
    expect(() => {
      validateRequest({ ...good, grid: ids(0, MASK, 3, 1), hole: [1, 2] }, 4);
    }).not.toThrow();
  });
});

describe('checkStart', () => {
  const request: FillRequest = {
    ...requestFor(2, 2, {
      grid: { width: 2, height: 2, ids: [1, 2, MASK, MASK] },
      hole: [1, 2, 3],
      pins: [1],
    }),
  };
  const start = { step: 1, ids: [1, 2, 3, MASK], believed: [0, 0, 0.5, 0] };
  const rng = [1, 2, 3, 4, 5, 6] as const;
  const check =
    (changes: Partial<FillStart>, rest: Partial<FillRequest> = {}) =>
    () => {
      checkStart({ ...request, ...rest, start: { ...start, ...changes } }, 2, 4);
    };

  it('accepts what a fill can have come to', () => {
    expect(check({ rng })).not.toThrow();
    expect(check({}, { candidates: 3 })).not.toThrow();
    expect(() => {
      checkStart(request, 2, 4);
    }).not.toThrow();
  });

  const bad: readonly (readonly [string, Partial<FillStart>])[] = [
    ['A branch cannot start after step 0 of a fill of 2.', { step: 0 }],
    ['A branch cannot start after step 2 of a fill of 2.', { step: 2 }],
    ['A branch starts from 4 tokens and their probabilities, not 3.', { ids: [1, 2, 3] }],
    ['A branch starts from 4 tokens and their probabilities, not 1.', { believed: [0] }],
    ['A branch starts with token 3 at cell 0, which cannot be there.', { ids: [3, 2, 3, MASK] }],
    ['A branch starts with token -1 at cell 1, which cannot be there.', { ids: [1, MASK, 3, MASK] }],
    ['A branch starts with token 4 at cell 2, which cannot be there.', { ids: [1, 2, 4, MASK] }],
    ['The probability at cell 2 must be a number from 0 to 1, not 1.5.', { believed: [0, 0, 1.5, 0] }],
    ['A branch has a state of random numbers that no generator can have.', { rng: [0, 0, 0, 0, 5, 6] }],
  ];
  it.each(bad)('%s', (message, changes) => {
    expect(check(changes)).toThrow(new TesseraError('usage', message, 'Correct the request and try again.'));
  });

  it('refuses candidates that would all be the same', () => {
    expect(check({ rng }, { candidates: 2 })).toThrow('A branch that repeats a fill has one candidate');
  });
});

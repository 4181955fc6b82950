import { describe, expect, it } from 'vitest';
import { TesseraError } from '../../../core/ipc/errors.ts';
import { PRESETS } from '../../../core/sampling/presets.ts';
import type { FillRequest, Order, Remasking } from '../../../core/sampling/request.ts';
import { validateRequest } from '../../../core/sampling/validate.ts';
import { MASK } from '../../../core/tokens/grid.ts';
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
      'The order must be one of random, confidence, purity, halton, raster, not spiral.',
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

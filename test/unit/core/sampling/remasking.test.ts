import { describe, expect, it } from 'vitest';
import {
  chooseRemasked,
  remaskProbability,
  remaskWeights,
  revealedShares,
} from '../../../../core/sampling/remasking.ts';
import type { Remasking } from '../../../../core/sampling/request.ts';
import { createRng } from '../../../../core/base/rng.ts';
import { planTransitions } from '../../../../core/sampling/transitions.ts';
import { P_THRESHOLD, chiSquareP } from './support/chiSquare.ts';
import { requestFor } from './support/requests.ts';

const loop: Remasking = { kind: 'loop', eta: 0.05, from: 0.4, to: 0.9 };

describe('revealedShares', () => {
  it('rises from 0 to 1 as the schedule says', () => {
    const shares = revealedShares('linear', 4, { kind: 'cap', eta: 0.1 });
    expect([...shares]).toEqual([0, 0.25, 0.5, 0.75, 1]);
  });

  it('rises to alpha, holds it, then finishes, in a loop', () => {
    const shares = revealedShares('linear', 10, loop);
    const expected = [0, 0.225, 0.45, 0.675, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 1];
    expected.forEach((share, k) => {
      expect(shares[k]).toBeCloseTo(share, 12);
    });
  });

  it('ends at 1 however few the steps', () => {
    for (const steps of [1, 2, 3]) expect(revealedShares('cosine', steps, loop).at(-1)).toBe(1);
  });
});

describe('remaskProbability', () => {
  it('follows each variant up to sigma_max', () => {
    // From alpha 0.5 to 0.75, sigma_max = 0.25 / 0.5.
    const at = (remasking: Remasking): number => remaskProbability(remasking, 5, 10, 0.5, 0.75);
    expect(at({ kind: 'none' })).toBe(0);
    expect(at({ kind: 'cap', eta: 0.3 })).toBe(0.3);
    expect(at({ kind: 'cap', eta: 0.7 })).toBe(0.5);
    expect(at({ kind: 'rescale', eta: 0.3 })).toBe(0.15);
    expect(at({ kind: 'conf', eta: 1 })).toBe(0.5);
  });

  it('is 0 outside a loop and eta in it', () => {
    const at = (k: number): number => remaskProbability(loop, k, 10, 0.9, 0.9);
    expect([4, 5, 9, 10].map(at)).toEqual([0, 0.05, 0.05, 0]);
  });

  it('is 0 at the first step, which has nothing to mask, and at the last', () => {
    for (const kind of ['cap', 'rescale', 'conf'] as const) {
      expect(remaskProbability({ kind, eta: 1 }, 1, 4, 0, 0.25)).toBe(0);
      expect(remaskProbability({ kind, eta: 1 }, 4, 4, 0.75, 1)).toBe(0);
    }
  });
});

describe('planTransitions', () => {
  it('reveals with 1/t when linear and without remasking (Unleashing Transformers)', () => {
    const reveals = planTransitions(requestFor(4, 1, { order: 'random', steps: 5 }), 4).map((t) => t.reveal);
    [1 / 5, 1 / 4, 1 / 3, 1 / 2, 1].forEach((reveal, i) => {
      expect(reveals[i]).toBeCloseTo(reveal, 12);
    });
  });

  it('keeps the share of revealed tokens on its course, whatever is masked again', () => {
    for (const remasking of [{ kind: 'cap', eta: 0.2 }, { kind: 'rescale', eta: 0.9 }, loop] as const) {
      const request = requestFor(4, 1, { order: 'random', schedule: 'cosine', steps: 20, remasking });
      const shares = revealedShares('cosine', 20, remasking);
      let revealed = 0;
      planTransitions(request, 4).forEach(({ reveal, remask }, i) => {
        expect(reveal).toBeGreaterThanOrEqual(0);
        expect(reveal).toBeLessThanOrEqual(1);
        revealed = revealed * (1 - remask) + (1 - revealed) * reveal;
        expect(revealed).toBeCloseTo(shares[i + 1]!, 10);
      });
    }
  });

  it('takes no more steps than tokens where each must reveal one, and all steps otherwise', () => {
    const cap: Remasking = { kind: 'cap', eta: 0.1 };
    expect(planTransitions(requestFor(4, 1, { order: 'halton', steps: 9 }), 4)).toHaveLength(4);
    expect(planTransitions(requestFor(4, 1, { order: 'halton', steps: 9, remasking: cap }), 4)).toHaveLength(
      9,
    );
    expect(planTransitions(requestFor(4, 1, { order: 'random', steps: 9 }), 4)).toHaveLength(9);
    expect(planTransitions(requestFor(4, 1), 0)).toHaveLength(1);
  });
});

describe('remaskWeights', () => {
  it('is the softmax of minus the probability: tokens of the lowest confidence are masked most', () => {
    const weights = remaskWeights(Int32Array.of(1, 3), Float32Array.of(9, 0.25, 9, 0.75));
    const total = Math.exp(-0.25) + Math.exp(-0.75);
    expect(weights[0]).toBeCloseTo(Math.exp(-0.25) / total, 7);
    expect(weights[1]).toBeCloseTo(Math.exp(-0.75) / total, 7);
  });
});

describe('chooseRemasked', () => {
  const cells = Int32Array.of(2, 4, 6, 8);

  it('tosses a coin of probability sigma, times its weight, for each cell', () => {
    const rng = createRng(1);
    const counts = new Int32Array(4);
    for (let i = 0; i < 4000; i++) {
      for (const cell of chooseRemasked(cells, 0.5, Float64Array.of(0.1, 0.2, 0.3, 0.4), 4, rng)) {
        counts[cell / 2 - 1]!++;
      }
    }
    expect(chiSquareP(counts, [0.1, 0.2, 0.3, 0.4])).toBeGreaterThan(P_THRESHOLD);
    expect(counts.reduce((a, b) => a + b)).toBeGreaterThan(1850);
    expect(counts.reduce((a, b) => a + b)).toBeLessThan(2150);
  });

  it('never takes more than may be taken, and favours none', () => {
    const rng = createRng(2);
    const counts = new Int32Array(4);
    for (let i = 0; i < 2000; i++) {
      const chosen = chooseRemasked(cells, 1, null, 2, rng);
      expect(chosen).toHaveLength(2);
      expect(chosen[0]!).toBeLessThan(chosen[1]!);
      for (const cell of chosen) counts[cell / 2 - 1]!++;
    }
    expect(chiSquareP(counts, [1 / 4, 1 / 4, 1 / 4, 1 / 4])).toBeGreaterThan(P_THRESHOLD);
  });
});

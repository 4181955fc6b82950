import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NoiseProcess } from '../../../../core/model/denoiser.ts';
import { createKernel } from '../../../../core/sampling/kernel.ts';
import { noiseLevels, type NoiseLevels, timesteps } from '../../../../core/sampling/noise.ts';
import { createRng } from '../../../../core/base/rng.ts';
import { MASK } from '../../../../core/tokens/grid.ts';
import { P_THRESHOLD, chiSquareP } from './support/chiSquare.ts';

const kinds = fc.constantFrom<NoiseProcess['kind']>('absorbing', 'mask-and-replace', 'uniform');

/** Levels at which many tokens are replaced, so that no term of the formula is next to nothing. */
const MUCH_REPLACED = { alpha: [0.95, 0.05], gamma: [0.02, 0.6] } as const;

/** A process, two timesteps of it, what the token is at the noisier one, and what the model says of it. */
const situations = fc
  .record({
    kind: kinds,
    steps: fc.integer({ min: 2, max: 120 }),
    much: fc.boolean(),
    codes: fc.integer({ min: 2, max: 9 }),
    weights: fc.array(fc.double({ min: 1e-6, max: 1, noNaN: true }), { minLength: 9, maxLength: 9 }),
    times: fc.tuple(fc.nat(200), fc.nat(200), fc.nat(200)),
  })
  .map(({ kind, steps, much, codes, weights, times: [first, second, which] }) => {
    const process = { kind, steps, ...(much && kind === 'mask-and-replace' && { levels: MUCH_REPLACED }) };
    const from = first % steps;
    const to = (second % (from + 1)) - 1;
    const levels = noiseLevels(process, codes);
    const known = which % codes;
    const token = kind === 'uniform' ? known : which % (codes + 1) === codes ? MASK : known;
    const total = weights.slice(0, codes).reduce((sum, w) => sum + w, 0);
    const p = Float64Array.from(weights.slice(0, codes), (w) => w / total);
    return { levels, codes, from, to, token, p };
  });

/** q(x_t = column | x_0 = row) over K + 1 states, the last missing. */
function cumulative({ alpha, beta, gamma }: NoiseLevels, codes: number, t: number): number[][] {
  const [a, b, g] = t < 0 ? [1, 0, 0] : [alpha[t]!, beta[t]!, gamma[t]!];
  return stateMatrix(codes, a, b, g);
}

function stateMatrix(codes: number, a: number, b: number, g: number): number[][] {
  return Array.from({ length: codes + 1 }, (_, row) =>
    Array.from({ length: codes + 1 }, (_, column) => {
      if (row === codes) return Number(column === codes);
      return column === codes ? g : b + (row === column ? a : 0);
    }),
  );
}

/** q(x_t | x_s) by the rates between the two timesteps. */
function between(levels: NoiseLevels, codes: number, from: number, to: number): number[][] {
  const at = (list: Float64Array, t: number, before: number): number => (t < 0 ? before : list[t]!);
  const a = at(levels.alpha, from, 1) / at(levels.alpha, to, 1);
  const g = 1 - (1 - at(levels.gamma, from, 0)) / (1 - at(levels.gamma, to, 0));
  return stateMatrix(codes, a, (1 - a - g) / codes, g);
}

describe('the posterior', () => {
  it('sums to 1 and is what a direct computation with the matrices of the process gives, for every stride', () => {
    fc.assert(
      fc.property(situations, ({ levels, codes, from, to, token, p }) => {
        const state = token === MASK ? codes : token;
        const late = cumulative(levels, codes, from);
        fc.pre(late.some((row, x0) => x0 < codes && row[state]! > 0)); // a token that is nothing but noise cannot be there
        const out = new Float64Array(codes + 1);
        const sum = createKernel(levels, codes).posterior(p, token, from, to, out);
        expect(sum).toBeCloseTo(1, 9);
        const early = cumulative(levels, codes, to);
        const step = between(levels, codes, from, to);
        for (let k = 0; k <= codes; k++) {
          let direct = 0;
          // A token that nothing replaces is what it was, whatever the model says.
          const possible = Array.from(p.keys()).filter((x0) => late[x0]![state]! > 0);
          const share = possible.reduce((mass, x0) => mass + p[x0]!, 0);
          for (const x0 of possible)
            direct += ((p[x0]! / share) * early[x0]![k]! * step[k]![state]!) / late[x0]![state]!;
          expect(Math.abs(out[k]! - direct)).toBeLessThan(1e-9);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('agrees with the posterior of single steps, one after the other, where the model knows the token', () => {
    const codes = 3;
    const levels = noiseLevels({ kind: 'mask-and-replace', steps: 6, levels: MUCH_REPLACED }, codes);
    const kernel = createKernel(levels, codes);
    const p = Float64Array.of(0, 1, 0);
    let law = [0, 0, 0, 1]; // missing at t = 5
    for (let t = 5; t > 1; t--) {
      const next = [0, 0, 0, 0];
      law.forEach((weight, state) => {
        const out = new Float64Array(codes + 1);
        kernel.posterior(p, state === codes ? MASK : state, t, t - 1, out);
        out.forEach((share, k) => (next[k]! += weight * share));
      });
      law = next;
    }
    const atOnce = new Float64Array(codes + 1);
    kernel.posterior(p, MASK, 5, 1, atOnce);
    law.forEach((weight, k) => {
      expect(weight).toBeCloseTo(atOnce[k]!, 12);
    });
  });
});

describe('renoising', () => {
  it.each(['absorbing', 'mask-and-replace', 'uniform'] as const)(
    'follows q(x_t | x_0) of the %s process',
    (kind) => {
      const process = { kind, steps: 10, ...(kind === 'mask-and-replace' && { levels: MUCH_REPLACED }) };
      const levels = noiseLevels(process, 4);
      const kernel = createKernel(levels, 4);
      const rng = createRng(3);
      for (const t of [0, 4, 9]) {
        const counts = new Int32Array(5);
        for (let i = 0; i < 8000; i++) {
          const id = kernel.renoise(2, t, rng.uniform());
          counts[id === MASK ? 4 : id]!++;
        }
        expect(chiSquareP(counts, cumulative(levels, 4, t)[2]!)).toBeGreaterThan(P_THRESHOLD);
      }
    },
  );
});

describe('noise levels', () => {
  it('are those of VQ-Diffusion', () => {
    const { alpha, beta, gamma } = noiseLevels({ kind: 'mask-and-replace', steps: 100 }, 4096);
    expect([alpha[0], gamma[0], alpha[99], gamma[99]]).toEqual([0.99999, 0.000009, 0.000009, 0.99999]);
    expect(4096 * beta[50]!).toBeCloseTo(1e-6, 12);
  });
});

describe('timesteps', () => {
  it('go evenly from the noisiest, or from a share of it, to none at all', () => {
    expect(timesteps(100, 4, 1)).toEqual([99, 74, 49, 24, -1]);
    expect(timesteps(100, 4, 0.2)).toEqual([19, 14, 9, 4, -1]);
    expect(timesteps(3, 9, 1)).toEqual([2, 1, 0, -1]);
    expect(timesteps(100, 9, 0.001)).toEqual([0, -1]);
  });
});

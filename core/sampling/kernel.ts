import { MASK } from '../tokens/grid.ts';
import type { NoiseLevels } from './noise.ts';

/** A process as it goes back, one token at a time. */
export interface Kernel {
  /**
   * Fills `out` [K + 1] with weights of what a token is at the less noisy timestep `to`, given what it is at `from`; the last
   * stands for a missing one. Exact for any stride. Returns their sum, 1 but for rounding.
   *
   * @param p [K] the model's distribution of the token without noise
   * @param token what it is at `from`, MASK where missing
   * @param to -1 for no noise at all
   */
  posterior(p: Float64Array, token: number, from: number, to: number, out: Float64Array): number;
  /** What a token becomes by timestep `at`; `u` is a number in [0, 1), which if uniform makes it a draw. */
  renoise(token: number, at: number, u: number): number;
}

/**
 * The posterior of mask-and-replace diffusion (VQ-Diffusion, arXiv 2111.14822, equations 8 to 11), written for any stride:
 * with a, b, g what a token goes through from `to` (s) to `from` (t),
 *   missing: P(missing) = G_s / G_t, P(k) = g (A_s p(k) + B_s) / G_t;
 *   code v: P(k) = sum over x0 of p(x0) (a [k = v] + b) (A_s [k = x0] + B_s) / (A_t [v = x0] + B_t).
 * Without missing tokens (gamma = 0) it is that of uniform diffusion, without replaced ones (beta = 0) that of the
 * absorbing kind: what is revealed stays.
 */
export function createKernel({ alpha, beta, gamma }: NoiseLevels, codes: number): Kernel {
  return {
    posterior(p, token, from, to, out) {
      const [alphaT, betaT, gammaT] = [alpha[from]!, beta[from]!, gamma[from]!];
      const [alphaS, betaS, gammaS] = to < 0 ? [1, 0, 0] : [alpha[to]!, beta[to]!, gamma[to]!];
      if (token === MASK) {
        const g = 1 - (1 - gammaT) / (1 - gammaS);
        for (let k = 0; k < codes; k++) out[k] = (g * (alphaS * p[k]! + betaS)) / gammaT;
        out[codes] = gammaS / gammaT;
        return sumOf(out);
      }
      out[codes] = 0;
      if (betaT === 0) {
        out.fill(0, 0, codes);
        out[token] = 1;
        return 1;
      }
      // b follows from A, B and G without the small difference of large numbers that 1 - a - g is.
      const a = alphaS === 0 ? 0 : alphaT / alphaS;
      const b = (betaT - a * betaS) / (1 - gammaS);
      let all = 0;
      for (let k = 0; k < codes; k++) {
        out[k] = p[k]! / (k === token ? alphaT + betaT : betaT);
        all += out[k]!;
      }
      for (let k = 0; k < codes; k++) out[k] = (k === token ? a + b : b) * (alphaS * out[k]! + betaS * all);
      return sumOf(out);
    },

    renoise(token, at, u) {
      if (u < gamma[at]!) return MASK;
      const replaced = codes * beta[at]!;
      const rest = u - gamma[at]!;
      return rest < replaced ? Math.min(codes - 1, Math.floor(rest / beta[at]!)) : token;
    },
  };
}

function sumOf(weights: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i]!;
  return sum;
}

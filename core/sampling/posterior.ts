import { TesseraError } from '../base/errors.ts';
import { highestOf, weigh } from './softmax.ts';

/** The distribution over codes that the model itself gives for one cell at a time: at temperature 1, without filters. */
export interface Posterior {
  /** Reads logits[offset .. offset + K). Throws a 'package' error for logits that are no distribution. */
  read(logits: Float32Array, offset: number): void;
  probability(code: number): number;
  /** Of the distribution over the codes, bits. */
  entropy(): number;
  /** Adds the distribution, times `share`, to `sums` [K]. */
  addTo(sums: Float64Array, share: number): void;
}

export function createPosterior(codes: number): Posterior {
  const weights = new Float64Array(codes);
  let total = 0;
  return {
    read(logits, offset) {
      const row = logits.subarray(offset, offset + codes);
      total = weigh(row, highestOf(row), 1, weights);
      if (!(total >= 1 && total < Infinity)) throw notFinite();
    },
    probability: (code) => weights[code]! / total,
    entropy() {
      // With p = w / W: -sum p log p = log W - (sum w log w) / W.
      let sum = 0;
      for (let i = 0; i < codes; i++) {
        const weight = weights[i]!;
        if (weight > 0) sum += weight * Math.log(weight);
      }
      return Math.max(0, Math.log(total) - sum / total) / Math.LN2;
    },
    addTo(sums, share) {
      const factor = share / total;
      for (let i = 0; i < codes; i++) sums[i]! += weights[i]! * factor;
    },
  };
}

/** The error for logits that are no distribution (NaN, or infinite throughout). */
export const notFinite = (): TesseraError =>
  new TesseraError(
    'package',
    'The denoiser gave numbers that are no probabilities.',
    'The model package is damaged or does not suit this provider; install it again or choose the CPU provider.',
  );

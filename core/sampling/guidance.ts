import type { Abort } from '../base/abort.ts';
import { TesseraError } from '../base/errors.ts';
import type { Conditioner } from '../model/conditioner.ts';
import type { Condition, Denoiser } from '../model/denoiser.ts';
import { notFinite } from './posterior.ts';
import type { Prompt } from './request.ts';
import { highestOf, weigh } from './softmax.ts';

/** Codes below this are equally unlikely, or one that both halves rule out could win by their difference (VQ-Diffusion). */
const LOWEST = -70; // log probability

/**
 * The denoiser of a model as a prompt leads it; as it is where there is none.
 *
 * @throws TesseraError 'usage' for a prompt that the model cannot take, 'aborted'
 */
export async function ledBy(
  { denoiser, conditioner }: { readonly denoiser: Denoiser; readonly conditioner: Conditioner | null },
  prompt: Prompt | undefined,
  signal?: Abort,
): Promise<Denoiser> {
  if (!prompt || (prompt.text.trim() === '' && prompt.negative.trim() === '')) return denoiser;
  if (!conditioner) {
    throw new TesseraError(
      'usage',
      'This package takes no prompt.',
      'Leave the prompt out, or choose a package that takes one.',
    );
  }
  const towards = await conditioner.condition(prompt.text, signal);
  const away = prompt.guidance === 1 ? null : await conditioner.condition(prompt.negative, signal);
  return led(denoiser, towards, away, prompt.guidance);
}

/**
 * Discrete classifier-free guidance (arXiv 2205.16007, equation 8): log p = log p_away + g (log p_towards - log p_away), made a
 * distribution again. g is 1 for the condition alone; the paper's s is g - 1. Both halves run in one pass.
 *
 * @param away what the words are held against; null where the guidance is 1
 */
export function led(
  denoiser: Denoiser,
  towards: Condition,
  away: Condition | null,
  guidance: number,
): Denoiser {
  const conditions = away ? [towards, away] : [towards];
  return {
    ...denoiser,
    async predict(windows, signal) {
      const logits = await denoiser.predict({ ...windows, conditions }, signal);
      if (!away) return logits;
      const length = windows.select.length * denoiser.codes;
      return combined(logits.subarray(0, length), logits.subarray(length), guidance, denoiser.codes);
    },
  };
}

/** Rows of guided log probabilities, [M, K], not normalised. */
function combined(towards: Float32Array, away: Float32Array, guidance: number, codes: number): Float32Array {
  const out = new Float32Array(towards.length);
  const weights = new Float64Array(codes);
  for (let from = 0; from < towards.length; from += codes) {
    const one = towards.subarray(from, from + codes);
    const other = away.subarray(from, from + codes);
    const [shiftOne, shiftOther] = [logTotal(one, weights), logTotal(other, weights)];
    for (let k = 0; k < codes; k++) {
      const p = Math.max(one[k]! - shiftOne, LOWEST);
      const q = Math.max(other[k]! - shiftOther, LOWEST);
      out[from + k] = q + guidance * (p - q);
    }
  }
  return out;
}

function logTotal(row: Float32Array, weights: Float64Array): number {
  const highest = highestOf(row);
  const total = weigh(row, highest, 1, weights);
  if (!(total >= 1 && total < Infinity)) throw notFinite();
  return highest + Math.log(total);
}

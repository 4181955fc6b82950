import type { PrecisionCost } from '../../../core/model/precisionCost.ts';
import { decimalText } from '../../state/texts.svelte.ts';

/** '−0.02 dB': how much nearer to pictures those of their tokens have come. */
export function decibelChangeText({ tokenizer }: Pick<PrecisionCost, 'tokenizer'>): string {
  return `${changeText(-tokenizer.loss, 2)} dB`;
}

/** '+0.004 bits per token': how much more unlikely true tokens have become. */
export function bitsChangeText({ published, now }: NonNullable<PrecisionCost['denoiser']>): string {
  return `${changeText(now - published, 3)} bits per token`;
}

/** '−0.02 dB, +0.004 bits per token'; of a tokenizer alone the first. */
export function costText(cost: PrecisionCost): string {
  const tokenizer = decibelChangeText(cost);
  return cost.denoiser ? `${tokenizer}, ${bitsChangeText(cost.denoiser)}` : tokenizer;
}

/** A number with its sign, and nothing as nothing. */
function changeText(value: number, digits: number): string {
  const amount = Math.abs(value);
  const sign = Number(amount.toFixed(digits)) === 0 ? '' : value < 0 ? '\u2212' : '+';
  return sign + decimalText(amount, digits);
}

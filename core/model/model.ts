import { TesseraError } from '../base/errors.ts';
import type { Conditioner } from './conditioner.ts';
import type { Denoiser } from './denoiser.ts';
import type { Tokenizer } from './tokenizer.ts';

/** A package that is ready to run, as fills and token tools see it. */
export interface Model {
  readonly id: string;
  readonly sha256: string; // the identity that goes into a FillRequest
  readonly tokenizer: Tokenizer;
  readonly denoiser: Denoiser;
  /** What leads the denoiser; null for one that nothing leads. */
  readonly conditioner: Conditioner | null;
}

/** A model that may be a tokenizer alone. */
export type ModelParts = Omit<Model, 'denoiser'> & { readonly denoiser: Denoiser | null };

/**
 * The model with its denoiser.
 *
 * @param others ids of packages that have one, for the advice
 * @throws TesseraError 'package' for a tokenizer alone
 */
export function withDenoiser<T extends ModelParts>(
  model: T,
  others: readonly string[],
): T & { readonly denoiser: Denoiser } {
  if (hasDenoiser(model)) return model;
  throw new TesseraError(
    'package',
    `The package ${model.id} has no denoiser: its tokens can be painted, and none can be predicted.`,
    others.length > 0 ? `These have one: ${others.join(', ')}.` : 'Add a package that has one.',
  );
}

function hasDenoiser<T extends ModelParts>(model: T): model is T & { readonly denoiser: Denoiser } {
  return model.denoiser !== null;
}

import type { Denoiser } from './denoiser.ts';
import type { Tokenizer } from './tokenizer.ts';

/** A package that is ready to run, as fills and token tools see it. */
export interface Model {
  readonly id: string;
  readonly sha256: string; // the identity that goes into a FillRequest
  readonly tokenizer: Tokenizer;
  readonly denoiser: Denoiser;
}

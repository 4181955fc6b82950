import type { Abort } from '../base/abort.ts';

/** B windows of one size, and the cells whose logits are wanted. */
export interface WindowBatch {
  readonly batch: number; // B
  readonly width: number; // tokens
  readonly height: number; // tokens
  readonly tokens: Int32Array; // [B, height, width], MASK where missing
  readonly select: Int32Array; // [M], flat indices into `tokens`
}

/** One pass of the denoiser: logits of p(x0 | tokens) for each selected cell, [M, codes]. */
export type Predict = (windows: WindowBatch, signal?: Abort) => Promise<Float32Array>;

/** The denoiser as the sampler sees it: a function and two facts about it. */
export interface Denoiser {
  readonly codes: number; // K, the size of the codebook
  readonly window: { readonly min: number; readonly max: number }; // tokens per side
  readonly predict: Predict;
}

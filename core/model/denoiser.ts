import type { Abort } from '../base/abort.ts';

/** B windows of one size, and the cells whose logits are wanted. */
export interface WindowBatch {
  readonly batch: number; // B
  readonly width: number; // tokens
  readonly height: number; // tokens
  readonly tokens: Int32Array; // [B, height, width], MASK where missing
  readonly select: Int32Array; // [M], flat indices into `tokens`
  /** How noisy the tokens are, 0 .. T - 1, for a denoiser that is told; of one that is not it changes nothing. */
  readonly timestep?: number;
  /** What leads the denoiser, C of them: all windows run with each, in one pass. Left out, they run once, led by nothing. */
  readonly conditions?: readonly Condition[];
}

/** What a denoiser is led by: the states of a text, a kind of pictures, or words that it knows. */
export type Condition =
  | { readonly kind: 'text'; readonly states: Float32Array } // [length, width] as the package has them
  | { readonly kind: 'class'; readonly id: number }
  | { readonly kind: 'words'; readonly ids: Int32Array }; // as many as it takes at most, 0 where there is no word

/** One pass of the denoiser: logits of p(x0 | tokens) for each selected cell, [C, M, codes]. */
export type Predict = (windows: WindowBatch, signal?: Abort) => Promise<Float32Array>;

/** How tokens were made noise for training; sampling goes that way back. */
export interface NoiseProcess {
  /** Tokens become missing; they become missing or another code; they become another code. */
  readonly kind: 'absorbing' | 'mask-and-replace' | 'uniform';
  readonly steps: number; // T
  /** Of steps 1 and T: the share of tokens that is as it was (alpha), and missing (gamma), linear between. */
  readonly levels?: { readonly alpha: readonly [number, number]; readonly gamma: readonly [number, number] };
}

/** The denoiser as the sampler sees it: a function and some facts about it. */
export interface Denoiser {
  readonly codes: number; // K, the size of the codebook
  readonly window: { readonly min: number; readonly max: number }; // tokens per side
  /** Left out: absorbing, and not told how noisy its tokens are. */
  readonly process?: NoiseProcess;
  readonly predict: Predict;
}

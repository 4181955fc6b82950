import type { Rect } from '../base/geometry.ts';

/** What the model and the user ask of the frames. */
export interface FrameOptions {
  readonly downsample: number; // model px per token
  readonly window: { readonly min: number; readonly max: number }; // tokens per side that the denoiser takes
  readonly minSize: number; // model px, the smallest side that the tokenizer takes
  readonly scale?: number; // picture px per model px, instead of the one chosen here
}

/** {@link FrameOptions} for one canvas, in the units that frames are made of. */
export interface FrameRules {
  readonly canvas: Rect; // document px
  readonly downsample: number; // model px per token
  readonly smallest: number; // tokens per side
  readonly window: number; // tokens per side that the denoiser sees at once
  readonly context: number; // tokens around a hole that are the least
  readonly unit: { readonly least: number; readonly most: number }; // picture px per token
}

const LEAST_CONTEXT = 8; // tokens

/** A scale above this is not chosen unless the picture is so large that single pixels do not matter. */
const COARSEST = 2; // picture px per model px
const LOOKED_AT = 2048; // px of the longest side

/** The rules that options make for a canvas. */
export function rulesFor(canvas: Rect, options: FrameOptions): FrameRules {
  const { downsample, window, minSize, scale } = options;
  const cap = Math.max(COARSEST, Math.max(canvas.width, canvas.height) / LOOKED_AT);
  const given = scale === undefined ? undefined : Math.max(1, Math.round(scale * downsample));
  return {
    canvas,
    downsample,
    smallest: Math.max(window.min, Math.ceil(minSize / downsample)),
    window: window.max,
    // Small windows could hold no hole at all if the context took both of its halves.
    context: Math.min(LEAST_CONTEXT, Math.floor(window.max / 4)),
    unit: { least: given ?? downsample, most: given ?? Math.floor(cap * downsample) },
  };
}

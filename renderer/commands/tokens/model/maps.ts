import type { FrameTokens } from '../../../../core/document/document.ts';
import type { HeatKind, HeatMap, SeenTokens } from '../../../state/tokens/tokenWork.svelte.ts';
import { type LeastLikely, leastLikely } from '../../../../core/sampling/leastLikely.ts';
import type { Likelihoods } from '../../../../core/sampling/likelihoods.ts';
import type { Rect } from '../../../../core/base/geometry.ts';
import { isOutside } from '../paint/pixels.ts';
import { sameFrame } from '../../../../core/frames/frame.ts';

/** An error above this looks like this much: by then nothing of the picture is left, and small errors are to be told apart. */
const MOST_ERROR = 32; // levels of 0 .. 255

/** What the tokenizer loses; null where that was not measured yet. */
export function errorMap({ tokens, errors }: SeenTokens): HeatMap | null {
  return errors && { kind: 'error', values: errors, least: 0, most: MOST_ERROR, of: tokens };
}

/** What the model thinks. `codes` is the size of the codebook, of which the scale of the entropy follows. */
export function likelihoodMap(
  kind: Exclude<HeatKind, 'error'>,
  of: FrameTokens,
  { probabilities, entropies }: Likelihoods,
  codes: number,
): HeatMap {
  return kind === 'confidence'
    ? { kind, values: probabilities, least: 0, most: 1, of }
    : { kind, values: entropies, least: 0, most: Math.log2(codes), of };
}

/** A heat map carried over to other frame tokens. Errors cost nothing; what the model thought of other tokens in the frame stays, and `of` tells that it did. */
export function heatFor(heat: HeatMap, frameTokens: SeenTokens): HeatMap | null {
  const { tokens } = frameTokens;
  if (heat.of.package.sha256 !== tokens.package.sha256 || !sameFrame(heat.of.frame, tokens.frame))
    return null;
  if (heat.kind === 'error') return errorMap(frameTokens) ?? heat;
  return sameGrid(heat.of, tokens) ? { ...heat, of: tokens } : heat;
}

/** Whether the model thinks the same of both. */
export function sameGrid(a: FrameTokens, b: FrameTokens): boolean {
  if (a === b) return true;
  if (a.package.sha256 !== b.package.sha256 || a.grid.width !== b.grid.width) return false;
  if (a.grid.ids.length !== b.grid.ids.length) return false;
  for (let i = 0; i < a.grid.ids.length; i++) if (a.grid.ids[i] !== b.grid.ids[i]) return false;
  return true;
}

/**
 * The least likely share (0 .. 1) of the tokens that can be drawn anew: those on the canvas that are not pinned; at
 * least one of them.
 */
export function leastLikelyIn(
  { frame, pins }: Pick<FrameTokens, 'frame' | 'pins'>,
  probabilities: Float32Array,
  share: number,
  canvas: Rect,
): LeastLikely {
  const pinned = new Set(pins);
  const free = [...probabilities.keys()].filter(
    (cell) => !pinned.has(cell) && !isOutside(frame, cell, canvas),
  );
  return leastLikely(probabilities, free, share);
}

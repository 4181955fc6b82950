import type { FrameTokens } from '../../../core/document/document.ts';
import type { Rect } from '../../../core/base/geometry.ts';
import { isOutside } from './paintPixels.ts';

/** Cells that the model believes in least, ascending, and the highest probability among them. */
export interface LeastLikely {
  readonly cells: readonly number[];
  readonly most: number;
}

/**
 * The least likely share (0 .. 1) of the tokens that can be drawn anew: those on the canvas that are not pinned; at
 * least one of them.
 */
export function leastLikely(
  { frame, pins }: Pick<FrameTokens, 'frame' | 'pins'>,
  probabilities: Float32Array,
  share: number,
  canvas: Rect,
): LeastLikely {
  const pinned = new Set(pins);
  const free = [...probabilities.keys()].filter(
    (cell) => !pinned.has(cell) && !isOutside(frame, cell, canvas),
  );
  const count = Math.max(1, Math.round(share * free.length));
  const least = free.sort((a, b) => probabilities[a]! - probabilities[b]! || a - b).slice(0, count);
  return {
    cells: [...least].sort((a, b) => a - b),
    most: least.length > 0 ? probabilities[least.at(-1)!]! : 0,
  };
}

import { intersectRects } from '../base/geometry.ts';
import { cellBounds, cellsInPicture } from '../frames/cells.ts';
import type { PixelPatch } from '../pixels/picture.ts';
import type { FrameToFill } from './params.ts';

/** A frame of which only the tokens that a repair changed are laid in. */
export interface RepairedPart {
  readonly frame: FrameToFill;
  readonly hole: readonly number[];
}

/**
 * The part of a frame that a repair changes: of what is selected, the pixels of the tokens of the hole that are others now.
 *
 * @param known the tokens before
 * @param ids the tokens now
 */
export function repairedPart(
  frame: FrameToFill,
  hole: readonly number[],
  known: Int32Array,
  ids: Int32Array,
): RepairedPart {
  const changed = hole.filter((cell) => ids[cell] !== known[cell]);
  const { region, plan } = frame;
  const selection = new Uint8Array(frame.selection.length);
  for (const cell of changed) {
    const place = intersectRects(cellsInPicture(cellBounds([cell], plan.frame), plan.frame), region);
    for (let y = place.y - region.y; y < place.y - region.y + place.height; y++) {
      const from = y * region.width + place.x - region.x;
      selection.set(frame.selection.subarray(from, from + place.width), from);
    }
  }
  return { frame: { ...frame, selection }, hole: changed };
}

/** What a repair that changed no token makes of a frame. */
export function emptyPatch({ plan: { bounds } }: FrameToFill): PixelPatch {
  return { rect: { x: bounds.x, y: bounds.y, width: 0, height: 0 }, data: new Uint8Array() };
}

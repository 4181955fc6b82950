import { TesseraError } from '../base/errors.ts';
import { blobs } from '../pixels/masks/blobs.ts';
import type { Mask } from '../pixels/masks/mask.ts';
import type { Rect, Size } from '../base/geometry.ts';
import type { Frame } from './frame.ts';
import { frameAround } from './frameAround.ts';
import { groupBlobs } from './groupBlobs.ts';
import type { FrameOptions } from './rules.ts';
import { rulesFor } from './rules.ts';
import { withSketch } from './coarsePlan.ts';

/** One frame to work on, and the part of the selection that it is for. */
export interface FramePlan {
  readonly frame: Frame;
  readonly bounds: Rect; // picture px; no other plan's selection reaches into it
  /** Where the hole is filled first, at twice the scale; what comes of it is where this fill begins. */
  readonly sketch?: FramePlan;
}

/** The smallest side of a picture that frames are made for. */
const SMALLEST = 16; // px

/**
 * The frames that a selection needs, in reading order: one for each connected part of it, or for several where one
 * frame serves them no worse. `selection` is a mask of the canvas's size, or the bounds of its connected parts.
 * Nothing selected gives no frames.
 *
 * @throws TesseraError 'limit' when the canvas is too small.
 */
export function planFrames(
  canvas: Size,
  selection: Mask | readonly Rect[],
  options: FrameOptions,
): FramePlan[] {
  if (Math.min(canvas.width, canvas.height) < SMALLEST) {
    throw new TesseraError(
      'limit',
      `The picture is ${canvas.width} x ${canvas.height} px, too small to work on.`,
      `Use a picture of at least ${SMALLEST} px on each side.`,
    );
  }
  const rules = rulesFor(canvas, options);
  const parts = 'data' in selection ? blobs(selection).list.map((blob) => blob.bounds) : selection;
  return groupBlobs(parts, rules)
    .sort((a, b) => a.y - b.y || a.x - b.x)
    .map((bounds) => withSketch({ bounds, frame: frameAround(bounds, rules) }, rules));
}

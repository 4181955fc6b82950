import { TesseraError } from '../base/errors.ts';
import { fullRect, type Point, type Rect, type Size } from '../base/geometry.ts';
import type { Frame } from './frame.ts';
import { frameAround } from './frameAround.ts';
import { groupBlobs } from './groupBlobs.ts';
import type { FrameOptions } from './rules.ts';
import { rulesFor } from './rules.ts';
import { withCoarse } from './coarsePlan.ts';

/** One frame to work on, and the part of the selection that it is for. */
export interface FramePlan {
  readonly frame: Frame;
  readonly bounds: Rect; // document px; no other plan's selection reaches into it
  /** The coarse pass: the hole is filled first at twice the scale, and this fill begins with what comes of it. */
  readonly coarse?: FramePlan;
}

/** The smallest side of a picture that frames are made for. */
const SMALLEST = 16; // px

/**
 * The frames that a selection needs, in reading order: one for each connected part of it, or for several where one
 * frame serves them no worse.
 *
 * @param canvas document px; at (0, 0) if it does not say
 * @param parts the bounds of the connected parts of the selection, document px; none give no frames
 * @throws TesseraError 'limit' when the canvas is too small.
 */
export function planFrames(
  canvas: Size & Partial<Point>,
  parts: readonly Rect[],
  options: FrameOptions,
): FramePlan[] {
  if (Math.min(canvas.width, canvas.height) < SMALLEST) {
    throw new TesseraError(
      'limit',
      `The picture is ${canvas.width} x ${canvas.height} px, too small to work on.`,
      `Use a picture of at least ${SMALLEST} px on each side.`,
    );
  }
  const rules = rulesFor(fullRect(canvas), options);
  return groupBlobs(parts, rules)
    .sort((a, b) => a.y - b.y || a.x - b.x)
    .map((bounds) => withCoarse({ bounds, frame: frameAround(bounds, rules) }, rules));
}

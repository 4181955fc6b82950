import { TesseraError } from '../base/errors.ts';
import { fullRect, type Point, type Rect, type Size } from '../base/geometry.ts';
import type { Frame } from './frame.ts';
import { frameAround } from './frameAround.ts';
import { groupBlobs } from './groupBlobs.ts';
import { type FrameOptions, type FrameRules, rulesFor } from './rules.ts';

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

/** A hole that is narrower has what is known so near everywhere that it needs no coarse pass. */
const WIDE = 8; // tokens

/** With less of the canvas in sight a coarser frame shows nothing that the finer one does not. */
const LEAST_VIEW = 16; // tokens

/**
 * A plan with the coarser ones that come before it: a wide hole is first filled at twice the scale, where it is half as
 * many tokens wide and all around it is in sight, and if it is still wide there, at twice that.
 */
function withCoarse(plan: FramePlan, rules: FrameRules): FramePlan {
  const { frame, bounds } = plan;
  const unit = frame.rect.width / frame.columns; // picture px per token
  const coarser = 2 * unit;
  if (Math.min(bounds.width, bounds.height) <= WIDE * unit) return plan;
  if (Math.min(rules.canvas.width, rules.canvas.height) < LEAST_VIEW * coarser) return plan;
  const frameOfPass = frameAround(bounds, { ...rules, unit: { least: coarser, most: coarser } });
  return { ...plan, coarse: withCoarse({ frame: frameOfPass, bounds }, rules) };
}

import { frameAround } from './frameAround.ts';
import type { FramePlan } from './planFrames.ts';
import type { FrameRules } from './rules.ts';

/** A hole that is narrower has what is known so near everywhere that it needs no coarse pass. */
const WIDE = 8; // tokens

/** With less of the canvas in sight a coarser frame shows nothing that the finer one does not. */
const LEAST_VIEW = 16; // tokens

/**
 * A plan with the coarser ones that come before it: a wide hole is first filled at twice the scale, where it is half as
 * many tokens wide and all around it is in sight, and if it is still wide there, at twice that.
 */
export function withCoarse(plan: FramePlan, rules: FrameRules): FramePlan {
  const { frame, bounds } = plan;
  const unit = frame.rect.width / frame.columns; // picture px per token
  const coarser = 2 * unit;
  if (Math.min(bounds.width, bounds.height) <= WIDE * unit) return plan;
  if (Math.min(rules.canvas.width, rules.canvas.height) < LEAST_VIEW * coarser) return plan;
  const frameOfPass = frameAround(bounds, { ...rules, unit: { least: coarser, most: coarser } });
  return { ...plan, coarse: withCoarse({ frame: frameOfPass, bounds }, rules) };
}

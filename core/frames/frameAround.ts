import type { Rect } from '../base/geometry.ts';
import { growRect, intersectRects } from '../base/geometry.ts';
import type { Frame } from './frame.ts';
import type { FrameRules } from './rules.ts';

/** The frame for a hole with these bounds: one window at the finest scale that holds it with its context, if any does. */
export function frameAround(bounds: Rect, rules: FrameRules): Frame {
  const unit = unitFor(bounds, rules);
  const needed = fits(bounds, unit, rules)
    ? fullContext(bounds, unit, rules)
    : payingContext(bounds, unit, rules);
  const { canvas } = rules;
  const across = span(needed.x - canvas.x, needed.width, canvas.width, unit, rules);
  const down = span(needed.y - canvas.y, needed.height, canvas.height, unit, rules);
  return {
    rect: {
      x: canvas.x + across.start,
      y: canvas.y + down.start,
      width: across.tokens * unit,
      height: down.tokens * unit,
    },
    scale: unit / rules.downsample,
    columns: across.tokens,
    rows: down.tokens,
  };
}

/** Picture px per token: the fewest at which the hole and its context fit one window, else the most allowed. */
export function unitFor(bounds: Rect, rules: FrameRules): number {
  // Below this not even the hole alone fits.
  const hole = Math.ceil(Math.max(bounds.width, bounds.height) / rules.window);
  let unit = Math.min(Math.max(rules.unit.least, hole), rules.unit.most);
  while (unit < rules.unit.most && !fits(bounds, unit, rules)) unit++;
  return unit;
}

function fits(bounds: Rect, unit: number, rules: FrameRules): boolean {
  const needed = fullContext(bounds, unit, rules);
  return Math.max(needed.width, needed.height) <= rules.window * unit;
}

/** As much context on each side as the hole is wide. */
function fullContext(bounds: Rect, unit: number, rules: FrameRules): Rect {
  const least = rules.context * unit;
  const context = growRect(bounds, Math.max(bounds.width, least), Math.max(bounds.height, least));
  return intersectRects(context, rules.canvas);
}

/** With several windows a cell sees half a window around it at most times: more context than that is not looked at. */
function payingContext(bounds: Rect, unit: number, rules: FrameRules): Rect {
  const least = rules.context * unit;
  const most = Math.max(least, Math.ceil(rules.window / 2) * unit);
  const dx = Math.min(Math.max(bounds.width, least), most);
  const dy = Math.min(Math.max(bounds.height, least), most);
  return intersectRects(growRect(bounds, dx, dy), rules.canvas);
}

/** One axis of a frame, px of the canvas: whole tokens around what is needed, grown to a full window, inside the canvas if it can be. */
function span(
  start: number,
  length: number,
  canvas: number,
  unit: number,
  rules: FrameRules,
): { start: number; tokens: number } {
  const whole = Math.ceil(canvas / unit);
  const wanted = Math.max(Math.ceil(length / unit), Math.min(rules.window, whole));
  const tokens = Math.max(rules.smallest, wanted);
  const size = tokens * unit;
  if (size >= canvas) return { start: -Math.floor((size - canvas) / 2), tokens };
  const centred = start - Math.floor((size - length) / 2);
  return { start: Math.min(Math.max(centred, 0), canvas - size), tokens };
}

import type { FramePlan } from '../frames/planFrames.ts';
import { coverGrid } from '../sampling/windows.ts';

/** A fill that takes longer says so before it starts, ms. */
export const WORTH_SAYING = 10_000;

/** What the time of a fill depends on, as far as it is known before. */
export interface FillToTime {
  readonly plans: readonly FramePlan[];
  readonly window: { readonly min: number; readonly max: number }; // tokens per side
  readonly steps: number;
  readonly candidates: number;
  readonly guided: boolean; // then every pass runs with the prompt and without
  readonly pass: number; // ms of one pass over a window
}

/** About how long the denoiser of a fill will run, ms: a pass for each step, candidate, window, and coarse pass. */
export function fillTime({ plans, window, steps, candidates, guided, pass }: FillToTime): number {
  const windows = plans.reduce((sum, plan) => sum + passesOf(plan) * windowsOf(plan, window), 0);
  return windows * steps * candidates * (guided ? 2 : 1) * pass;
}

/** How many passes a plan is: its own, and the coarse ones before it. */
export function passesOf({ coarse }: FramePlan): number {
  return coarse ? 1 + passesOf(coarse) : 1;
}

/** How many windows cover what is to be filled of a frame. */
function windowsOf({ frame, bounds }: FramePlan, window: FillToTime['window']): number {
  const { columns, rows, rect } = frame;
  if (Math.min(columns, rows) < window.min) return 1;
  const unit = rect.width / columns; // px per token
  const place = (px: number, count: number): number =>
    Math.min(Math.max(0, Math.floor(px / unit)), count - 1);
  const [left, top] = [place(bounds.x - rect.x, columns), place(bounds.y - rect.y, rows)];
  const right = place(bounds.x + bounds.width - 1 - rect.x, columns);
  const bottom = place(bounds.y + bounds.height - 1 - rect.y, rows);
  const cells = Int32Array.of(top * columns + left, bottom * columns + right);
  const { lefts, tops } = coverGrid(columns, rows, window, cells);
  return lefts.length * tops.length;
}

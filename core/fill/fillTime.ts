import type { FramePlan } from '../frames/planFrames.ts';
import { coverGrid } from '../sampling/windows.ts';

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

/** How many windows cover a frame, as if all of it were to be filled. */
function windowsOf({ frame: { columns, rows } }: FramePlan, window: FillToTime['window']): number {
  if (Math.min(columns, rows) < window.min) return 1;
  const cells = Int32Array.of(0, columns * rows - 1);
  const { lefts, tops } = coverGrid(columns, rows, window, cells);
  return lefts.length * tops.length;
}

import type { FramePlan } from '../../../core/frames/planFrames.ts';
import type { Raster } from '../../../core/raster/raster.ts';
import { holeOfPlan } from '../../../core/frames/holeOfPlan.ts';

/** How many tokens the frames of a fill will refill. */
export function holeTokens(selection: Raster, plans: readonly FramePlan[]): number {
  let tokens = 0;
  for (const plan of plans) for (const cell of holeOfPlan(selection, plan)) tokens += cell;
  return tokens;
}

import type { CombineMode } from '../state/tools.svelte.ts';
import type { Keys } from './tool.ts';

/** How a shape meets what is selected: Shift adds, Alt subtracts, both intersect; else as the tool is set. */
export function combineMode(chosen: CombineMode, { shift, alt }: Keys): CombineMode {
  if (shift && alt) return 'intersect';
  if (shift) return 'add';
  return alt ? 'subtract' : chosen;
}

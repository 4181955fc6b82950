import type { CombineMode } from '../state/tools.svelte.ts';
import type { PointerInput } from './tool.ts';

/** How a shape meets what is selected: Shift adds, Alt subtracts, both intersect; else as the tool is set. */
export function combineMode(
  chosen: CombineMode,
  { shift, alt }: Pick<PointerInput, 'shift' | 'alt'>,
): CombineMode {
  if (shift && alt) return 'intersect';
  if (shift) return 'add';
  return alt ? 'subtract' : chosen;
}

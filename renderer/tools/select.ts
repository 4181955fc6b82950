import type { CombineMode } from '../state/tools.svelte.ts';
import type { Coverage } from '../../core/pixels/picture.ts';
import type { Detail } from '../../core/document/details.ts';
import type { Keys } from './tool.ts';
import type { OpenDocument } from '../state/openDocument.svelte.ts';
import { combine } from '../../core/selection/combine.ts';
import { fillRect } from '../../core/raster/write.ts';
import { isEmpty } from '../../core/raster/bounds.ts';

/** Joins a shape to what is selected, as one undo step. */
export function selectShape(
  document: OpenDocument,
  label: string,
  coverage: Coverage,
  mode: CombineMode,
  details: readonly Detail[] = [],
): void {
  const selection = combine(document.current.selection, coverage, mode);
  document.commit(label, { selection }, [{ kind: 'selection', mode }, ...details]);
}

/** Lets go of what is selected: a click beside it does so. */
export function deselect(document: OpenDocument): void {
  const { selection } = document.current;
  if (isEmpty(selection)) return;
  document.commit('Deselect', { selection: fillRect(selection, selection.rect, 0) });
}

/** How a shape meets what is selected: Shift adds, Alt subtracts, both intersect; else as the tool is set. */
export function combineMode(chosen: CombineMode, { shift, alt }: Keys): CombineMode {
  if (shift && alt) return 'intersect';
  if (shift) return 'add';
  return alt ? 'subtract' : chosen;
}

import type { Size } from '../../../core/base/geometry.ts';
import { selectAll } from '../../../core/selection/combine.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import { fill } from '../fill/run.ts';
import { newCanvas } from '../stitch/newCanvas.ts';

/**
 * Opens a picture of a size, px, and lets the model draw all of it, as the fill panel is set; its candidates come into the
 * strip. Throws 'limit' where it would be too large.
 */
export async function newFromModel(editor: Editor, size: Size): Promise<void> {
  const document = newCanvas(editor, size);
  document.commit('Select all', { selection: selectAll(document.current.selection) });
  await fill(editor, document);
}

import { beginStroke } from '../../../core/selection/stroke.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import { StrokeTool } from '../stroke/stroke.ts';

/** Paints what will be refilled; with Alt it takes away, as the eraser does. */
export function createBrush(editor: Editor): StrokeTool {
  return new StrokeTool(editor, {
    id: 'brush',
    label: 'Brush',
    raster: 'selection',
    withAlt: 'subtract',
    begin: ({ current }, brush, { alt }) =>
      beginStroke(current.selection, { ...brush, mode: alt ? 'subtract' : 'add' }),
  });
}

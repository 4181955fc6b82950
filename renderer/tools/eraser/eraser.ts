import { beginStroke } from '../../../core/selection/stroke.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import { StrokeTool } from '../stroke/stroke.ts';

/** Takes away from the selection; with Alt it paints, as the brush does. */
export function createEraser(editor: Editor): StrokeTool {
  return new StrokeTool(editor, {
    id: 'eraser',
    label: 'Eraser',
    raster: 'selection',
    withAlt: 'add',
    begin: ({ current }, brush, { alt }) =>
      beginStroke(current.selection, { ...brush, mode: alt ? 'add' : 'subtract' }),
  });
}

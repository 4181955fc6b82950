import { ellipse } from '../../../core/selection/shapes.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import { ShapeTool } from '../shape/shape.ts';

export function createEllipse(editor: Editor): ShapeTool {
  return new ShapeTool(editor, { id: 'ellipse', label: 'Ellipse', cover: ellipse });
}

import { rectangle } from '../../../core/selection/shapes.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import { ShapeTool } from '../shape/shape.ts';

export function createRectangle(editor: Editor): ShapeTool {
  return new ShapeTool(editor, { id: 'rectangle', label: 'Rectangle', cover: rectangle });
}

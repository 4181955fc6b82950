import { beginOriginalBack } from '../../../core/document/originalBack.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import { StrokeTool } from '../stroke/stroke.ts';

/** Paints the picture back as it was opened. */
export function createOriginal(editor: Editor): StrokeTool {
  return new StrokeTool(editor, {
    id: 'original',
    label: 'Original back',
    raster: 'picture',
    withAlt: null,
    begin: ({ current }, brush) => beginOriginalBack(current, brush),
  });
}

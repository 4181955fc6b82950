import { sampleAt } from '../../../core/raster/sampleAt.ts';
import { colourRange } from '../../../core/selection/wand.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import { PickTool } from '../pick/pick.ts';

/** Selects a colour wherever it is, the more the nearer a pixel comes to it. */
export function createColour(editor: Editor): PickTool {
  const { tools } = editor;
  return new PickTool(editor, {
    id: 'colour',
    label: 'Select by colour',
    cover: ({ current: { picture, canvas } }, { x, y }) =>
      colourRange(picture, canvas, sampleAt(picture, x, y), tools.fuzziness),
    facts: () => ({ Fuzziness: `${tools.fuzziness} levels` }),
  });
}

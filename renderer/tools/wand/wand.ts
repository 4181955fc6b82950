import { wand } from '../../../core/selection/wand.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import { PickTool } from '../pick/pick.ts';

/** Selects what looks like the pixel that is clicked, beside it or everywhere. */
export function createWand(editor: Editor): PickTool {
  const { tools } = editor;
  return new PickTool(editor, {
    id: 'wand',
    label: 'Wand',
    cover: ({ current }, { x, y }) => {
      const { tolerance, contiguous } = tools;
      return wand(current.picture, current.canvas, x, y, { tolerance, contiguous });
    },
    facts: () => ({
      Tolerance: `${tools.tolerance} levels`,
      Contiguous: tools.contiguous ? 'yes' : 'no',
    }),
  });
}

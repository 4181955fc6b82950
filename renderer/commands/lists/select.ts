import { invertSelection, selectAll, selectNone } from '../../../core/selection/combine.ts';
import type { DialogId } from '../../state/editor.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import type { Command } from '../command.ts';
import { forDocument } from '../forDocument.ts';
import { selectWhatIsEmpty } from '../stitch/selectEmpty.ts';

const GROUP = { group: 'Select' } as const;

export const selectCommands: readonly Command[] = [
  {
    ...GROUP,
    id: 'select.all',
    title: 'Select all',
    shortcuts: ['Mod+A'],
    ...forDocument((document) => {
      document.commit('Select all', { selection: selectAll(document.current.selection) });
    }),
  },
  {
    ...GROUP,
    id: 'select.none',
    title: 'Select nothing',
    shortcuts: ['Mod+D'],
    ...forDocument((document) => {
      document.commit('Select nothing', { selection: selectNone(document.current.selection) });
    }, isSelected),
  },
  {
    ...GROUP,
    id: 'select.invert',
    title: 'Invert selection',
    shortcuts: ['Mod+Shift+I'],
    ...forDocument((document) => {
      document.commit('Invert selection', { selection: invertSelection(document.current.selection) });
    }),
  },
  {
    ...GROUP,
    id: 'select.empty',
    title: 'Select what is empty',
    hint: 'Selects what is transparent, for a fill to make. Grown by a few px, the selection takes the seams with it.',
    ...forDocument(selectWhatIsEmpty),
  },
  byNumber('grow', 'Grow selection…', 'Makes the selection larger all around.'),
  byNumber('shrink', 'Shrink selection…', 'Makes the selection smaller all around.'),
  byNumber('feather', 'Feather selection…', 'Makes the border of the selection soft.', ['Shift+F6']),
];

/** A command that asks for a number; its dialog calls selection/adjust.ts. */
function byNumber(
  dialog: DialogId & ('grow' | 'shrink' | 'feather'),
  title: string,
  hint: string,
  shortcuts: readonly string[] = [],
): Command {
  return {
    ...GROUP,
    id: `select.${dialog}`,
    title,
    hint,
    shortcuts,
    ...forDocument((_, editor) => {
      editor.dialog = dialog;
    }, isSelected),
  };
}

function isSelected({ current }: OpenDocument): boolean {
  return current.selection.tiles.size > 0;
}

import type { Command } from '../command.ts';
import { closeDialog } from '../dialogs.ts';
import { cancelFill } from '../fill/run.ts';
import { forDocument } from '../forDocument.ts';
import { giveUpGesture } from '../gesture.ts';
import { dropFloating } from '../stitch/float.ts';
import { modelUnderWay } from '../tokens/model/follow.svelte.ts';
import { copyByTool, pasteByTool } from '../tokens/cells/stamps.ts';
import type { Editor } from '../../state/editor.svelte.ts';

const CALM = { group: 'Edit', duringGesture: true } as const;

export const editCommands: readonly Command[] = [
  {
    ...CALM,
    id: 'edit.undo',
    title: 'Undo',
    shortcuts: ['Mod+Z'],
    repeats: true,
    ...forDocument(
      (document, editor) => {
        if (!giveUpGesture(editor) && !dropFloating(document)) document.undo();
      },
      ({ history, floating }, { gesture }) => gesture !== null || floating !== null || history.position > 0,
    ),
  },
  {
    group: 'Edit',
    id: 'edit.redo',
    title: 'Redo',
    shortcuts: ['Mod+Shift+Z', 'Mod+Y'],
    repeats: true,
    ...forDocument(
      (document) => {
        document.redo();
      },
      ({ history }) => history.position < history.entries.length,
    ),
  },
  {
    group: 'Edit',
    id: 'edit.copy',
    title: 'Copy',
    shortcuts: ['Mod+C'],
    hint: 'Copies what is selected, or all of the picture; with a token tool in the hand, tokens.',
    ...forDocument(copyByTool),
  },
  {
    group: 'Edit',
    id: 'edit.paste',
    title: 'Paste',
    shortcuts: ['Mod+V'],
    hint: 'Lays the picture on the clipboard over what is seen; with a token tool in the hand, takes tokens as a stamp.',
    enabled: () => true,
    run: pasteByTool,
  },
  {
    ...CALM,
    id: 'edit.cancel',
    title: 'Cancel',
    shortcuts: ['Escape'],
    hint: 'Stops whatever is under way: a stroke, a dialog, a fill. Candidates stay.',
    enabled: (editor) => underWay(editor) !== null,
    run: (editor) => underWay(editor)?.(),
  },
  {
    ...CALM,
    id: 'edit.finish-shape',
    title: 'Finish shape',
    shortcuts: ['Enter'],
    hint: 'Closes the polygon that is being drawn.',
    enabled: ({ gesture }) => gesture?.finish !== undefined,
    run: ({ gesture }) => gesture?.finish?.(),
  },
  {
    ...CALM,
    id: 'edit.step-back',
    title: 'Take back the last corner',
    shortcuts: ['Backspace', 'Delete'],
    repeats: true,
    enabled: ({ gesture }) => gesture?.stepBack !== undefined,
    run: ({ gesture }) => gesture?.stepBack?.(),
  },
];

/** What Escape stops: the nearest thing first. */
function underWay(editor: Editor): (() => void) | null {
  const { active, activity } = editor;
  if (editor.gesture) return () => giveUpGesture(editor);
  if (editor.dialog !== null)
    return () => {
      closeDialog(editor);
    };
  const asked = active && modelUnderWay(active);
  if (asked) return asked;
  if (active?.floating)
    return () => {
      dropFloating(active);
    };
  if (active?.fill.job)
    return () => {
      cancelFill(active);
    };
  if (activity?.cancel) return () => activity.cancel?.();
  if (editor.compare !== null)
    return () => {
      editor.compare = null;
    };
  return null;
}

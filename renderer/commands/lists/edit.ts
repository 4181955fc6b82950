import { type Command, defineCommand } from '../command.ts';
import { closeDialog } from '../dialogs.ts';
import { cut } from '../files/clipboard.ts';
import { putAway } from '../fill/accept.ts';
import { cancelFill } from '../fill/run.ts';
import { forDocument } from '../forDocument.ts';
import { giveUpGesture } from '../gesture.ts';
import { dropFloating, duplicate, lift } from '../stitch/float.ts';
import { modelUnderWay } from '../tokens/model/follow.svelte.ts';
import { copyByTool, pasteByTool } from '../tokens/cells/stamps.ts';
import type { Editor } from '../../state/editor.svelte.ts';

const CALM = { duringGesture: true } as const;

export const editCommands: readonly Command[] = [
  defineCommand('edit.undo', {
    ...CALM,
    repeats: true,
    ...forDocument(
      (document, editor) => {
        if (!giveUpGesture(editor) && !dropFloating(document)) document.undo();
      },
      ({ history, floating }, { gesture }) => gesture !== null || floating !== null || history.position > 0,
    ),
  }),
  defineCommand('edit.redo', {
    repeats: true,
    ...forDocument(
      (document) => {
        document.redo();
      },
      ({ history }) => history.position < history.entries.length,
    ),
  }),
  defineCommand('edit.cut', forDocument(cut)),
  defineCommand('edit.copy', forDocument(copyByTool)),
  defineCommand('edit.paste', { enabled: () => true, run: pasteByTool }),
  defineCommand(
    'edit.duplicate',
    forDocument((document, editor) => {
      duplicate(editor, document);
    }),
  ),
  defineCommand(
    'edit.transform',
    forDocument((document, editor) => {
      lift(editor, document);
    }),
  ),
  defineCommand('edit.cancel', {
    ...CALM,
    enabled: (editor) => underWay(editor) !== null,
    run: (editor) => underWay(editor)?.(),
  }),
  defineCommand('edit.finish-shape', {
    ...CALM,
    enabled: ({ gesture }) => gesture?.finish !== undefined,
    run: ({ gesture }) => gesture?.finish?.(),
  }),
  defineCommand('edit.step-back', {
    ...CALM,
    repeats: true,
    enabled: ({ gesture }) => gesture?.stepBack !== undefined,
    run: ({ gesture }) => gesture?.stepBack?.(),
  }),
  defineCommand('edit.settings', {
    enabled: () => true,
    run: (editor) => {
      editor.dialog = 'settings';
    },
  }),
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
  const [newest] = editor.notices.list;
  if (newest)
    return () => {
      editor.notices.close(newest.id);
    };
  if (active && active.fill.candidates.length > 0)
    return () => {
      putAway(active);
    };
  return null;
}

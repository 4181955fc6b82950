import { invertSelection, selectAll, selectNone } from '../../../core/selection/combine.ts';
import type { DialogId } from '../../state/editor.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import { type Command, defineCommand } from '../command.ts';
import { forDocument } from '../forDocument.ts';
import { TesseraError } from '../../../core/base/errors.ts';
import { isEmpty } from '../../../core/raster/bounds.ts';
import { applyPatch, patchTo } from '../../../core/raster/patch.ts';
import { withRect } from '../../../core/raster/resize.ts';
import { selectEmpty } from '../../../core/selection/empty.ts';

export const selectCommands: readonly Command[] = [
  defineCommand(
    'select.all',
    forDocument((document) => {
      document.commit('Select all', { selection: selectAll(document.current.selection) });
    }),
  ),
  defineCommand(
    'select.none',
    forDocument((document) => {
      document.commit('Select nothing', { selection: selectNone(document.current.selection) });
    }, isSelected),
  ),
  defineCommand(
    'select.again',
    forDocument(
      (document) => {
        const { current, lastSelection } = document;
        const { raster } = withRect(lastSelection!, current.canvas);
        document.commit('Select again', { selection: patchTo(current.selection, raster.tiles) });
      },
      ({ current, lastSelection }) => lastSelection !== null && isEmpty(current.selection),
    ),
  ),
  defineCommand(
    'select.invert',
    forDocument((document) => {
      document.commit('Invert selection', { selection: invertSelection(document.current.selection) });
    }),
  ),
  defineCommand('select.empty', forDocument(selectWhatIsEmpty)),
  byNumber('grow'),
  byNumber('shrink'),
  byNumber('feather'),
];

/** A command that asks for a number; its dialog calls selection/adjust.ts. */
function byNumber(dialog: DialogId & ('grow' | 'shrink' | 'feather')): Command {
  return defineCommand(
    `select.${dialog}`,
    forDocument((_, editor) => {
      editor.dialog = dialog;
    }, isSelected),
  );
}

function isSelected({ current }: OpenDocument): boolean {
  return current.selection.tiles.size > 0;
}

/** Makes all that is empty in the picture the selection, so that a fill makes it. */
function selectWhatIsEmpty(document: OpenDocument): void {
  const { selection, picture } = document.current;
  const patch = selectEmpty(selection, picture);
  if (applyPatch(selection, patch).tiles.size === 0) {
    throw new TesseraError(
      'input',
      'Nothing of the picture is empty.',
      'Extend the picture, or move its parts apart on a larger canvas.',
    );
  }
  document.commit('Select transparent areas', { selection: patch });
}

import type { CommandId } from '../../../core/commands/menus.ts';
import type { Turn } from '../../../core/document/remake/turning.ts';
import type { DialogId, Editor } from '../../state/editor.svelte.ts';
import { applyCrop, cropToSelection } from '../canvas/crop.ts';
import { turn } from '../canvas/remake.ts';
import { type Command, defineCommand } from '../command.ts';
import { forDocument } from '../forDocument.ts';

/** Those of the crop tool; their keys count while it is the current tool. */
export const cropCommands: readonly Command[] = [
  defineCommand(
    'canvas.apply-crop',
    forDocument((document, editor) => applyCrop(editor, document), isCropping),
  ),
  defineCommand(
    'canvas.reset-crop',
    forDocument(
      (document, { tools }) => {
        document.crop = null;
        tools.straightening = false;
      },
      ({ crop }, editor) => isCropping(null, editor) && (crop !== null || editor.tools.straightening),
    ),
  ),
];

export const canvasCommands: readonly Command[] = [
  byDialog('canvas.extend', 'extend'),
  defineCommand(
    'canvas.crop',
    forDocument(cropToSelection, ({ current }) => current.selection.tiles.size > 0),
  ),
  turned('canvas.turn-left', 'left'),
  turned('canvas.turn-right', 'right'),
  turned('canvas.turn-half', 'half'),
  turned('canvas.flip-horizontal', 'horizontal'),
  turned('canvas.flip-vertical', 'vertical'),
  byDialog('canvas.rotate', 'rotate'),
  byDialog('canvas.resize', 'resize'),
  byDialog('canvas.size', 'canvas-size'),
];

function isCropping(_: unknown, { tools, gesture, dialog }: Editor): boolean {
  return tools.chosen === 'crop' && gesture === null && dialog === null;
}

function byDialog(id: CommandId, dialog: DialogId): Command {
  return defineCommand(
    id,
    forDocument((_, editor) => {
      editor.dialog = dialog;
    }),
  );
}

function turned(id: CommandId, how: Turn): Command {
  return defineCommand(
    id,
    forDocument((document, editor) => turn(editor, document, how)),
  );
}

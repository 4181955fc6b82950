import { TesseraError } from '../../core/base/errors.ts';
import type { Editor } from '../state/editor.svelte.ts';
import type { Command } from './command.ts';
import { giveUpGesture } from './gesture.ts';
import { canvasCommands } from './lists/canvas.ts';
import { editCommands } from './lists/edit.ts';
import { fileCommands } from './lists/file.ts';
import { fillCommands } from './lists/fill.ts';
import { helpCommands } from './lists/help.ts';
import { selectCommands } from './lists/select.ts';
import { stitchCommands } from './lists/stitch.ts';
import { tokenModelCommands } from './lists/tokenModel.ts';
import { tokenCommands } from './lists/tokens.ts';
import { toolCommands } from './lists/tools.ts';
import { viewCommands } from './lists/view.ts';
import { refuse } from './report.ts';
import { settleFloating } from './stitch/float.ts';

/** Everything that a person can do, in the order of menus and of the list of shortcuts. */
export const commands: readonly Command[] = [
  ...fileCommands,
  ...editCommands,
  ...stitchCommands, // before all others that have the keys of a floating selection
  ...selectCommands,
  ...tokenModelCommands, // before those of fills, so that open suggestions have the keys that they share
  ...fillCommands,
  ...tokenCommands,
  ...canvasCommands,
  ...toolCommands,
  ...viewCommands,
  ...helpCommands,
];

const byId: ReadonlyMap<string, Command> = new Map(commands.map((command) => [command.id, command]));

/** The command of this id. Throws 'internal' if there is none. */
export function commandById(id: string): Command {
  const command = byId.get(id);
  if (!command) throw new TesseraError('internal', `There is no command “${id}”.`);
  return command;
}

/** Does what a command does, if it can be used now. Never rejects: what goes wrong becomes a notice. */
export async function run(editor: Editor, id: string): Promise<void> {
  try {
    const command = commandById(id);
    if (!command.enabled(editor)) return;
    if (command.duringGesture !== true) {
      giveUpGesture(editor);
      settleFloating(editor, command);
    }
    await command.run(editor);
  } catch (error) {
    refuse(editor, error);
  }
}

import { type CommandId, type CommandText, commandText } from '../../core/commands/menus.ts';
import type { Editor } from '../state/editor.svelte.ts';
import { translated } from '../state/texts.svelte.ts';

/** Something that a person can do; menus, shortcuts and buttons all come here. */
export interface Command extends CommandText, CommandBehaviour {}

/** What a command does, and when. */
export interface CommandBehaviour {
  /** Runs again and again while its key is held. */
  readonly repeats?: boolean;
  /** Can be used in the middle of a gesture; any other command gives the gesture up first. */
  readonly duringGesture?: boolean;
  enabled(editor: Editor): boolean;
  /** Whether its keys mean it just now; left out, they do whenever it can be used. */
  keyed?(editor: Editor): boolean;
  checked?(editor: Editor): boolean;
  /** What goes wrong becomes a notice; an abort is no failure. */
  run(editor: Editor): void | Promise<void>;
  /** What letting its key go does, for commands that last while it is held. */
  release?(editor: Editor): void;
}

/** Joins what a command does with its title and keys, which stand in core/commands. */
export function defineCommand(id: CommandId, behaviour: CommandBehaviour): Command {
  const text = commandText(id);
  return {
    ...text,
    ...behaviour,
    get title() {
      return translated(text.title);
    },
    get hint() {
      return text.hint === undefined ? undefined : translated(text.hint);
    },
  };
}

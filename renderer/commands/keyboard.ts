import type { Editor } from '../state/editor.svelte.ts';
import type { Command } from './command.ts';
import { shortcutsOf } from './keys.ts';
import { isReachable, OF_FIELDS } from './reach.ts';
import { commands, run } from './registry.ts';
import { type Key, matches } from './shortcuts.ts';

/**
 * What the keyboard is for just now: the page; a field that is typed into; something that Enter and Space press; or
 * something that the arrows move as well. The last two count only where the keyboard, not the pointer, put the focus.
 */
export type Focus = 'page' | 'text' | 'button' | 'slider';

export interface KeyInput extends Key {
  readonly repeat: boolean;
  readonly focus: Focus;
}

export interface Keyboard {
  /** Whether the key belongs to a command, so that nothing else should act on it. */
  down(input: KeyInput): boolean;
  up(code: string): boolean;
  /** Lets go of every key that is held: the window has lost the keyboard. */
  release(): void;
}

/** Turns keys into commands. */
export function createKeyboard(editor: Editor): Keyboard {
  const pressed = new Map<string, Command>(); // by the key's code

  function letGo(code: string): boolean {
    const command = pressed.get(code);
    pressed.delete(code);
    command?.release?.(editor);
    return command !== undefined;
  }

  return {
    down(input) {
      if (input.repeat && pressed.has(input.code)) return true;
      if (!isForCommands(input)) return false;
      const command = commandFor(editor, input);
      if (!command) return false;
      if (input.repeat && command.repeats !== true) return true;
      if (command.release) pressed.set(input.code, command);
      void run(editor, command.id);
      return true;
    },
    up: letGo,
    release() {
      for (const code of [...pressed.keys()]) letGo(code);
    },
  };
}

/** The command that a key runs now, if any. */
function commandFor(editor: Editor, input: KeyInput): Command | undefined {
  const platform = editor.appInfo?.platform ?? 'linux';
  const fitting = commands.filter(
    (command) =>
      shortcutsOf(editor, command).some((shortcut) => matches(shortcut, input, platform)) &&
      canRun(editor, command, input.focus),
  );
  const checked = fitting.findIndex((command) => command.checked?.(editor) === true);
  return fitting[(checked + 1) % fitting.length];
}

/** In a field the keys for editing are the field's. */
function canRun(editor: Editor, command: Command, focus: Focus): boolean {
  if (focus === 'text' && OF_FIELDS.has(command.id)) return false;
  return isReachable(editor, command.id) && command.enabled(editor) && command.keyed?.(editor) !== false;
}

const PRESSES: ReadonlySet<string> = new Set(['Enter', ' ']);
/** Keys that move what has the focus, or the focus. */
export const MOVES = /^(Arrow(Left|Right|Up|Down)|Home|End|PageUp|PageDown)$/;

/** Whether a key is left over by what has the focus. */
function isForCommands({ key, ctrl, meta, focus }: KeyInput): boolean {
  if (ctrl || meta || key === 'Escape') return true;
  switch (focus) {
    case 'page':
      return true;
    case 'text':
      return false;
    case 'button':
      return !PRESSES.has(key);
    case 'slider':
      return !PRESSES.has(key) && !MOVES.test(key);
  }
}

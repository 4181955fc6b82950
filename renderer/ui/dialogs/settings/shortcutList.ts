import type { CommandText } from '../../../../core/commands/menus.ts';
import { translated } from '../../../state/texts.svelte.ts';

/** The commands whose title or group holds all of the typed words. */
export function commandsFound(commands: readonly CommandText[], typed: string): readonly CommandText[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return commands.filter(({ title, group }) => {
    const text = `${title} ${translated(group)}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Other commands that have one of its keys: the first that can be used runs. */
export function sharedBy(
  commands: readonly CommandText[],
  command: CommandText,
  keysOf: (command: CommandText) => readonly string[],
): readonly string[] {
  const own = new Set(keysOf(command));
  return commands
    .filter((other) => other !== command && keysOf(other).some((key) => own.has(key)))
    .map(({ title }) => title);
}

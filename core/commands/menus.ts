import type { CommandEntry, CommandGroup, Menu, MenuEntry } from './command.ts';
import { EDIT_MENU, SELECT_MENU } from './edit.ts';
import { FILE_MENU } from './file.ts';
import { FILL_MENU } from './fill.ts';
import { PICTURE_MENU } from './picture.ts';
import { TOKENS_MENU } from './tokens.ts';
import { TOOLS_MENU } from './tools.ts';
import { HELP_MENU, VIEW_MENU } from './view.ts';

const TABLE = [
  { label: 'File', entries: FILE_MENU },
  { label: 'Edit', entries: EDIT_MENU },
  { label: 'Select', entries: SELECT_MENU },
  { label: 'Picture', entries: PICTURE_MENU },
  { label: 'Tools', entries: TOOLS_MENU },
  { label: 'Fill', entries: FILL_MENU },
  { label: 'Tokens', entries: TOKENS_MENU },
  { label: 'View', entries: VIEW_MENU },
  { label: 'Help', entries: HELP_MENU },
] as const satisfies readonly Menu[];

/** Every command once, at its place in the native menu. */
export const MENUS: readonly Menu[] = TABLE;

/** The id of a command: 'edit.undo'. */
export type CommandId = Extract<(typeof TABLE)[number]['entries'][number], { id: string }>['id'];

/** What a command is called, its group and its keys. */
export interface CommandText extends CommandEntry {
  readonly id: CommandId;
  readonly group: CommandGroup;
}

const TEXTS = new Map<CommandId, CommandText>(
  TABLE.flatMap(({ label, entries }) =>
    entries.flatMap((entry: MenuEntry) =>
      isCommand(entry) ? [[entry.id as CommandId, { group: label, ...entry } as CommandText] as const] : [],
    ),
  ),
);

/** All commands, in the order of the menus. */
export const COMMANDS: readonly CommandText[] = [...TEXTS.values()];

export function commandText(id: CommandId): CommandText {
  return TEXTS.get(id)!;
}

/** Whether a line of a menu is a command. */
export function isCommand(entry: MenuEntry): entry is CommandEntry {
  return typeof entry === 'object';
}

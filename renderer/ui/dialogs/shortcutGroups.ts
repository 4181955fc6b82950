import type { CommandGroup } from '../../../core/commands/command.ts';
import type { CommandText } from '../../../core/commands/menus.ts';
import { type Platform, shortcutText } from '../../commands/shortcuts.ts';

interface ShortcutGroup {
  readonly title: CommandGroup;
  readonly rows: readonly { readonly title: string; readonly keys: string }[];
}

/** The commands that have keys, by group, in the order of the registry. */
export function shortcutGroups(
  commands: readonly Omit<CommandText, 'id'>[],
  platform: Platform,
): readonly ShortcutGroup[] {
  const groups = new Map<CommandGroup, { title: string; keys: string }[]>();
  for (const command of commands) {
    const { title, group } = command;
    const keys = shortcutText(command, platform);
    if (keys === '') continue;
    const rows = groups.get(group) ?? [];
    rows.push({ title, keys });
    groups.set(group, rows);
  }
  return [...groups].map(([title, rows]) => ({ title, rows }));
}

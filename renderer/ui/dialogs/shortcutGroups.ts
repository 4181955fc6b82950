import type { CommandGroup } from '../../../core/commands/command.ts';
import type { CommandText } from '../../../core/commands/menus.ts';

interface ShortcutGroup {
  readonly title: CommandGroup;
  readonly rows: readonly { readonly title: string; readonly keys: string }[];
}

/** The commands that have keys, by group, in the order of the registry. */
export function shortcutGroups<C extends Pick<CommandText, 'title' | 'group'>>(
  commands: readonly C[],
  keysOf: (command: C) => string,
): readonly ShortcutGroup[] {
  const groups = new Map<CommandGroup, { title: string; keys: string }[]>();
  for (const command of commands) {
    const { title, group } = command;
    const keys = keysOf(command);
    if (keys === '') continue;
    const rows = groups.get(group) ?? [];
    rows.push({ title, keys });
    groups.set(group, rows);
  }
  return [...groups].map(([title, rows]) => ({ title, rows }));
}

/** Things shared out to columns in their order, so that the tallest column is as short as that allows. */
export function inColumns<T>(things: readonly T[], heights: readonly number[], count: number): T[][] {
  const total = heights.reduce((sum, height) => sum + height, 0);
  let most = Math.max(total / count, ...heights);
  while (columnsNeeded(heights, most) > count) most++;
  const columns: T[][] = [[]];
  let filled = 0;
  things.forEach((thing, index) => {
    const height = heights[index]!;
    if (filled + height > most && filled > 0) {
      columns.push([]);
      filled = 0;
    }
    columns.at(-1)!.push(thing);
    filled += height;
  });
  return columns;
}

function columnsNeeded(heights: readonly number[], most: number): number {
  let columns = 1;
  let filled = 0;
  for (const height of heights) {
    if (filled + height > most && filled > 0) {
      columns++;
      filled = 0;
    }
    filled += height;
  }
  return columns;
}

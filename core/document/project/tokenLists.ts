import type { EntryRecord, ListChange, Manifest } from './manifest.ts';

/** How one list becomes another: their common beginning is not repeated. */
export function listChange(before: readonly number[], after: readonly number[]): ListChange {
  let kept = 0;
  while (kept < before.length && before[kept] === after[kept]) kept++;
  return { kept, before: before.slice(kept), after: after.slice(kept) };
}

/** The two lists that a change of tokens leads between. */
export interface TokenLists {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/**
 * The lists before and after each undo step that changes them, found from the list at the history's position; or the
 * id of a step that does not fit its neighbours.
 */
export function tokenLists({ tokens, history }: Manifest): ReadonlyMap<EntryRecord, TokenLists> | number {
  const lists = new Map<EntryRecord, TokenLists>();
  const done = history.entries.slice(0, history.position).reverse();
  const undone = history.entries.slice(history.position);
  const strayed =
    walk(done, tokens, lists, ({ kept, before, after }, list) =>
      endsWith(list, kept, after) ? { before: [...list.slice(0, kept), ...before], after: list } : null,
    ) ??
    walk(undone, tokens, lists, ({ kept, before, after }, list) =>
      endsWith(list, kept, before) ? { before: list, after: [...list.slice(0, kept), ...after] } : null,
    );
  return strayed ?? lists;
}

/** Goes from step to step; gives the id of the first that does not fit. */
function walk(
  entries: readonly EntryRecord[],
  from: readonly number[],
  lists: Map<EntryRecord, TokenLists>,
  step: (change: ListChange, list: readonly number[]) => TokenLists | null,
): number | null {
  let list = from;
  for (const entry of entries) {
    const { tokens } = entry.change;
    if (!tokens) continue;
    const next = step(tokens, list);
    if (!next) return entry.id;
    lists.set(entry, next);
    list = next.after === list ? next.before : next.after;
  }
  return null;
}

function endsWith(list: readonly number[], kept: number, end: readonly number[]): boolean {
  return list.length === kept + end.length && end.every((id, i) => list[kept + i] === id);
}

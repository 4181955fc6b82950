import { stepAt } from '../branches.ts';
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
  const { entries, position, branches } = history;
  const lists = new Map<EntryRecord, TokenLists>();
  const after = new Map<number, readonly number[]>([[stepAt(history, position), tokens]]); // each step, by id

  let list: readonly number[] = tokens;
  for (let at = position - 1; at >= 0; at--) {
    const entry = entries[at]!;
    const { tokens: change } = entry.change;
    if (change) {
      if (!endsWith(list, change.kept, change.after)) return entry.id;
      const before = [...list.slice(0, change.kept), ...change.before];
      lists.set(entry, { before, after: list });
      list = before;
    }
    after.set(stepAt(history, at), list);
  }

  const follow = (line: readonly EntryRecord[], from: readonly number[]): number | null => {
    let list = from;
    for (const entry of line) {
      const { tokens: change } = entry.change;
      if (change) {
        if (!endsWith(list, change.kept, change.before)) return entry.id;
        const next = [...list.slice(0, change.kept), ...change.after];
        lists.set(entry, { before: list, after: next });
        list = next;
      }
      after.set(entry.id, list);
    }
    return null;
  };
  let strayed = follow(entries.slice(position), tokens);
  // A branch may begin in one that comes later.
  for (let waiting = branches, before = -1; waiting.length !== before && strayed === null;) {
    before = waiting.length;
    waiting = waiting.filter((branch) => {
      const from = after.get(branch.from);
      if (from) strayed ??= follow(branch.entries, from);
      return !from;
    });
  }
  return strayed ?? lists;
}

function endsWith(list: readonly number[], kept: number, end: readonly number[]): boolean {
  return list.length === kept + end.length && end.every((id, i) => list[kept + i] === id);
}

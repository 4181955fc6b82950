import type { Entry, History } from './change.ts';
import type { Document } from './document.ts';
import { costOfHeld, type Held, heldByChange, heldByDocument } from './retained.ts';

/** Forgetting goes this far below the limit, so that it is seldom needed. */
const LEFT = 15 / 16;

/** The bytes of tiles and tokens that nothing but undo and redo keeps alive; what is held twice counts once. */
export function undoBytes(history: History, document: Document): number {
  const alive = heldByDocument(document);
  let bytes = 0;
  for (const held of usesOf(history.entries).keys()) if (!alive.has(held)) bytes += costOfHeld(held);
  return bytes;
}

/**
 * Lets the oldest entries go if undo alone keeps more than the limit alive; the newest stays. `earlier` is the history
 * before its last step: with it, a step costs no more the more there are.
 */
export function forgetOldest(history: History, earlier: History, document: Document): History {
  if (mostBytesAfter(history, earlier) <= history.limit) return history;
  let bytes = undoBytes(history, document);
  if (bytes <= history.limit) return history;

  const alive = heldByDocument(document);
  const uses = usesOf(history.entries);
  let gone = 0;
  while (bytes > history.limit * LEFT && gone < history.position - 1) {
    for (const held of heldBy(history.entries[gone++]!)) {
      const left = uses.get(held)! - 1;
      uses.set(held, left);
      if (left === 0 && !alive.has(held)) bytes -= costOfHeld(held);
    }
  }
  return { ...history, entries: history.entries.slice(gone), position: history.position - gone };
}

/**
 * At least as many as {@link undoBytes}, for the price of an addition: what undo alone keeps alive was replaced by a step
 * that is done, or put there by one that is undone.
 */
function mostBytes(history: History): number {
  let bytes = counted.get(history);
  if (bytes === undefined) {
    bytes = 0;
    for (const [i, entry] of history.entries.entries()) {
      const { before, after } = costOf(entry);
      bytes += i < history.position ? before : after;
    }
    counted.set(history, bytes);
  }
  return bytes;
}

/** The same for a history whose last step was just done. */
function mostBytesAfter(history: History, earlier: History): number {
  if (earlier.position === earlier.entries.length) {
    counted.set(history, mostBytes(earlier) + costOf(history.entries.at(-1)!).before);
  }
  return mostBytes(history);
}

const counted = new WeakMap<History, number>();
const costs = new WeakMap<Entry, { before: number; after: number }>();

function costOf(entry: Entry): { before: number; after: number } {
  let cost = costs.get(entry);
  if (!cost) {
    cost = { before: 0, after: 0 };
    for (const held of heldByChange(entry.change, 'before')) cost.before += costOfHeld(held);
    for (const held of heldByChange(entry.change, 'after')) cost.after += costOfHeld(held);
    costs.set(entry, cost);
  }
  return cost;
}

/** How often each is named. */
function usesOf(entries: readonly Entry[]): Map<Held, number> {
  const uses = new Map<Held, number>();
  for (const entry of entries) for (const held of heldBy(entry)) uses.set(held, (uses.get(held) ?? 0) + 1);
  return uses;
}

function* heldBy({ change }: Entry): Generator<Held> {
  yield* heldByChange(change, 'before');
  yield* heldByChange(change, 'after');
}

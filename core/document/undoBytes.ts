import { allEntries, withoutBranch, withoutOldest } from './branches.ts';
import { type Change, type Entry, type History, patchesOf } from './change.ts';
import type { Document, FrameTokens } from './document.ts';
import { tileCost } from '../raster/patch.ts';
import type { Tile } from '../raster/raster.ts';

/** Dropping goes this far below the limit, so that it is seldom needed. */
const LEFT = 15 / 16;

/** The bytes of tiles and tokens that only undo and redo retain; shared ones count once. */
export function undoBytes(history: History, document: Document): number {
  const alive = retainedByDocument(document);
  let bytes = 0;
  for (const retained of usesOf(allEntries(history)).keys())
    if (!alive.has(retained)) bytes += costOf(retained);
  return bytes;
}

/**
 * Drops the oldest branches, then the oldest entries, while undo alone retains more than the limit; the newest stays. `earlier`
 * is the history before its last step, so that the cost of a step does not grow with their number.
 */
export function forgetOldest(history: History, earlier: History, document: Document): History {
  if (mostBytesAfter(history, earlier) <= history.limit) return history;
  let bytes = undoBytes(history, document);
  if (bytes <= history.limit) return history;

  const alive = retainedByDocument(document);
  const uses = usesOf(allEntries(history));
  const free = (entry: Entry): void => {
    for (const retained of retainedBy(entry)) {
      const left = uses.get(retained)! - 1;
      uses.set(retained, left);
      if (left === 0 && !alive.has(retained)) bytes -= costOf(retained);
    }
  };
  let kept = history;
  while (bytes > history.limit * LEFT && kept.branches.length > 0) {
    const shorter = withoutBranch(kept, kept.branches[0]!);
    for (const branch of kept.branches)
      if (!shorter.branches.includes(branch)) for (const entry of branch.entries) free(entry);
    kept = shorter;
  }
  let gone = 0;
  while (bytes > history.limit * LEFT && gone < history.position - 1) free(history.entries[gone++]!);
  const left = withoutOldest(kept, gone);
  return { ...left, position: history.position - gone };
}

/**
 * An upper bound of {@link undoBytes} that costs one addition. Undo alone retains what a done step replaced, or what an undone
 * step had put there.
 */
function mostBytes(history: History): number {
  let bytes = counted.get(history);
  if (bytes === undefined) {
    bytes = 0;
    for (const [i, entry] of history.entries.entries()) {
      const { before, after } = costOfEntry(entry);
      bytes += i < history.position ? before : after;
    }
    for (const entry of history.branches.flatMap(({ entries }) => entries)) {
      const { before, after } = costOfEntry(entry);
      bytes += before + after;
    }
    counted.set(history, bytes);
  }
  return bytes;
}

/** The same for a history whose last step was just done. */
function mostBytesAfter(history: History, earlier: History): number {
  if (earlier.position === earlier.entries.length) {
    counted.set(history, mostBytes(earlier) + costOfEntry(history.entries.at(-1)!).before);
  }
  return mostBytes(history);
}

const counted = new WeakMap<History, number>();
const costs = new WeakMap<Entry, { before: number; after: number }>();

function costOfEntry(entry: Entry): { before: number; after: number } {
  let cost = costs.get(entry);
  if (!cost) {
    cost = { before: 0, after: 0 };
    for (const retained of retainedByChange(entry.change, 'before')) cost.before += costOf(retained);
    for (const retained of retainedByChange(entry.change, 'after')) cost.after += costOf(retained);
    costs.set(entry, cost);
  }
  return cost;
}

/** How often each is named. */
function usesOf(entries: readonly Entry[]): Map<Retained, number> {
  const uses = new Map<Retained, number>();
  for (const entry of entries)
    for (const retained of retainedBy(entry)) uses.set(retained, (uses.get(retained) ?? 0) + 1);
  return uses;
}

function* retainedBy({ change }: Entry): Generator<Retained> {
  yield* retainedByChange(change, 'before');
  yield* retainedByChange(change, 'after');
}

/** What takes memory in a document: tiles, ids and provenances. Equal ones are one object wherever possible. */
type Retained = Tile | TokenArray;

type TokenArray = FrameTokens['grid']['ids'] | FrameTokens['provenance'];

const PROVENANCE_BYTES = 16; // about: most of them are the same object

/** How many bytes are freed when it is let go. */
function costOf(retained: Retained): number {
  if (retained instanceof Uint8Array) return tileCost(retained);
  return retained instanceof Int32Array ? retained.byteLength : retained.length * PROVENANCE_BYTES;
}

function retainedByDocument({ picture, original, selection, tokens }: Document): Set<Retained> {
  const retained = new Set<Retained>(tokens.flatMap(arraysOf));
  for (const { tiles } of [picture, original, selection])
    for (const tile of tiles.values()) retained.add(tile);
  return retained;
}

/** What a change takes out of the document ('before'), or puts into it ('after'). */
function* retainedByChange(change: Change, side: 'before' | 'after'): Generator<Retained> {
  for (const { changes } of patchesOf(change)) {
    for (const { [side]: tile } of changes) if (tile) yield tile;
  }
  if (change.tokens) {
    const { [side]: list, [side === 'before' ? 'after' : 'before']: other } = change.tokens;
    const others = new Set(other.flatMap(arraysOf));
    for (const array of list.flatMap(arraysOf)) if (!others.has(array)) yield array;
  }
}

function arraysOf({ grid, provenance }: FrameTokens): TokenArray[] {
  return [grid.ids, provenance];
}

import { tileCost } from '../raster/patch.ts';
import type { Tile } from '../raster/raster.ts';
import { type Entry, type History, patchesOf } from './change.ts';
import type { Document } from './document.ts';

/** Forgetting goes this far below the limit, so that it is seldom needed. */
const LEFT = 15 / 16;

/** The bytes of tiles that nothing but undo and redo keeps alive; each tile counts once. */
export function undoBytes(history: History, document: Document): number {
  const alive = tilesOf(document);
  let bytes = 0;
  for (const tile of usesOf(history.entries).keys()) if (!alive.has(tile)) bytes += tileCost(tile);
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

  const alive = tilesOf(document);
  const uses = usesOf(history.entries);
  let gone = 0;
  while (bytes > history.limit * LEFT && gone < history.position - 1) {
    for (const tile of tilesIn(history.entries[gone++]!)) {
      const left = uses.get(tile)! - 1;
      uses.set(tile, left);
      if (left === 0 && !alive.has(tile)) bytes -= tileCost(tile);
    }
  }
  return { ...history, entries: history.entries.slice(gone), position: history.position - gone };
}

/**
 * At least as many as {@link undoBytes}, for the price of an addition: a tile that undo alone keeps alive was replaced
 * by a step that is done, or put there by one that is undone.
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
    for (const { changes } of patchesOf(entry.change)) {
      for (const { before, after } of changes) {
        cost.before += tileCost(before);
        cost.after += tileCost(after);
      }
    }
    costs.set(entry, cost);
  }
  return cost;
}

function tilesOf({ picture, original, selection }: Document): Set<Tile> {
  return new Set([...picture.tiles.values(), ...original.tiles.values(), ...selection.tiles.values()]);
}

/** How often each tile is named. */
function usesOf(entries: readonly Entry[]): Map<Tile, number> {
  const uses = new Map<Tile, number>();
  for (const entry of entries) for (const tile of tilesIn(entry)) uses.set(tile, (uses.get(tile) ?? 0) + 1);
  return uses;
}

function* tilesIn({ change }: Entry): Generator<Tile> {
  for (const { changes } of patchesOf(change)) {
    for (const { before, after } of changes) {
      if (before) yield before;
      if (after) yield after;
    }
  }
}

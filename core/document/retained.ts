import { tileCost } from '../raster/patch.ts';
import type { Tile } from '../raster/raster.ts';
import { type Change, patchesOf } from './change.ts';
import type { Document, FrameTokens } from './document.ts';

/** What takes room in a document: tiles, and what is told of every token. Equal ones are one object wherever they can be. */
export type Held = Tile | TokenArray;

type TokenArray = FrameTokens['grid']['ids'] | FrameTokens['provenance'];

const PROVENANCE_BYTES = 16; // about: most of them are the same object

/** How many bytes are freed when it is let go. */
export function costOfHeld(held: Held): number {
  if (held instanceof Uint8Array) return tileCost(held);
  return held instanceof Int32Array ? held.byteLength : held.length * PROVENANCE_BYTES;
}

export function heldByDocument({ picture, original, selection, tokens }: Document): Set<Held> {
  const held = new Set<Held>(tokens.flatMap(arraysOf));
  for (const { tiles } of [picture, original, selection]) for (const tile of tiles.values()) held.add(tile);
  return held;
}

/** What a change takes out of the document ('before'), or puts into it ('after'). */
export function* heldByChange(change: Change, side: 'before' | 'after'): Generator<Held> {
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

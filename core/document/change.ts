import type { Rect } from '../base/geometry.ts';
import { composePatches, invertPatch, tileCost } from '../raster/patch.ts';
import type { RasterPatch, Tile } from '../raster/raster.ts';
import type { Detail } from './details.ts';
import type { Document } from './document.ts';

/** A reversible difference between two documents: what is left out stayed as it was. */
export interface Change {
  readonly picture?: RasterPatch;
  readonly original?: RasterPatch;
  readonly selection?: RasterPatch;
  readonly canvas?: CanvasChange; // the rects of all three rasters follow it
  readonly frame?: Swap<Document['frame']>;
  readonly tokens?: Swap<Document['tokens']>;
}

/** `moved`: pixels lie elsewhere than before, so what was made for a place of the other canvas fits nowhere now. */
export interface CanvasChange extends Swap<Rect> {
  readonly moved?: true;
}

interface Swap<T> {
  readonly before: T;
  readonly after: T;
}

/** One undo step: a gesture, with what it was done with. */
export interface Entry {
  readonly id: number; // rises through the life of a document
  readonly label: string; // "Fill", "Brush", ...
  readonly details: readonly Detail[]; // what it was done with, in the order in which it is shown
  readonly at: number; // ms since 1970
  readonly change: Change;
}

/** The undo history, an immutable value. Entries before `position` are done, those from it on can be redone. */
export interface History {
  readonly entries: readonly Entry[];
  readonly position: number;
  readonly limit: number; // bytes that only undo keeps alive; the oldest branches go first, then the oldest entries
  readonly branches: readonly Branch[]; // the oldest first
  readonly snapshots: readonly Snapshot[]; // the oldest first
}

/** Steps that were undone before something else was done in their place. They can still be gone to. */
export interface Branch {
  readonly from: number; // id of the step that they follow; 0 for the beginning
  readonly entries: readonly Entry[]; // at least one
  /** Set where it is a candidate that was not accepted, and accepting it the one step. */
  readonly candidate?: ShelvedCandidate;
}

/** A candidate of a fill that was not accepted, and can be still. */
export interface ShelvedCandidate {
  readonly name: string;
  readonly kept: boolean; // by hand; of the others the oldest go when there are too many
}

/** A name for how the document was after a step. */
export interface Snapshot {
  readonly name: string;
  readonly step: number; // id; 0 for the beginning
  readonly at: number; // ms since 1970
}

/** The change that takes another back. */
export function invertChange(change: Change): Change {
  return {
    ...(change.picture && { picture: invertPatch(change.picture) }),
    ...(change.original && { original: invertPatch(change.original) }),
    ...(change.selection && { selection: invertPatch(change.selection) }),
    ...(change.canvas && { canvas: { ...change.canvas, ...swapped(change.canvas) } }),
    ...(change.frame && { frame: swapped(change.frame) }),
    ...(change.tokens && { tokens: swapped(change.tokens) }),
  };
}

/** One change that does what `first` and then `second` do. Throws 'internal' if the second does not follow the first. */
export function mergeChanges(first: Change, second: Change): Change {
  const picture = inTurn(first.picture, second.picture, composePatches);
  const original = inTurn(first.original, second.original, composePatches);
  const selection = inTurn(first.selection, second.selection, composePatches);
  const canvas = inTurn(first.canvas, second.canvas, (one, other): CanvasChange => ({
    ...overall(one, other),
    ...((one.moved ?? other.moved) && { moved: true }),
  }));
  const frame = inTurn(first.frame, second.frame, overall);
  const tokens = inTurn(first.tokens, second.tokens, overall);
  return {
    ...(picture && { picture }),
    ...(original && { original }),
    ...(selection && { selection }),
    ...(canvas && { canvas }),
    ...(frame && { frame }),
    ...(tokens && { tokens }),
  };
}

/** Whether a change leaves everything as it was. */
export function isEmptyChange({ canvas, frame, tokens, ...patches }: Change): boolean {
  return !canvas && !frame && !tokens && patchesOf(patches).every(({ changes }) => changes.length === 0);
}

/** How many bytes of pixels a change keeps alive by itself; a tile that it names twice counts once. */
export function changeBytes(change: Change): number {
  const tiles = new Set<Tile | null>();
  for (const { changes } of patchesOf(change)) {
    for (const { before, after } of changes) tiles.add(before).add(after);
  }
  let bytes = 0;
  for (const tile of tiles) bytes += tileCost(tile);
  return bytes;
}

/** The patches in a change. */
export function patchesOf({ picture, original, selection }: Change): RasterPatch[] {
  return [picture, original, selection].filter((patch) => patch !== undefined);
}

function swapped<T>({ before, after }: Swap<T>): Swap<T> {
  return { before: after, after: before };
}

function overall<T>(first: Swap<T>, second: Swap<T>): Swap<T> {
  return { before: first.before, after: second.after };
}

function inTurn<T>(first: T | undefined, second: T | undefined, both: (first: T, second: T) => T) {
  return first && second ? both(first, second) : (first ?? second);
}

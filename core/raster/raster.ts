import type { Rect } from '../base/geometry.ts';

/** Side of a tile, px. */
export const TILE = 256;

/** Channels of a picture (RGBA, straight alpha) and of a selection. */
export type Channels = 4 | 1;

/**
 * The bytes of one tile, [TILE, TILE, channels]. Nobody writes into a tile that a raster holds: an edit makes a new
 * one, so that snapshots, undo entries and the original share every tile that they do not differ in.
 */
export type Tile = Uint8Array;

/** Which tile: the one that begins at (column * TILE, row * TILE) px; see tileKey. */
export type TileKey = number;

/**
 * Pixels in tiles, in document px, an immutable value. Tiles lie on one lattice whatever `rect` is, so that a canvas
 * grows to any side without moving a pixel. A missing tile is all zero, and so are pixels of tiles outside `rect`.
 */
export interface Raster {
  readonly rect: Rect; // document px, whole numbers; may begin below zero
  readonly channels: Channels;
  readonly tiles: ReadonlyMap<TileKey, Tile>;
}

/** A reversible change of a raster: only the tiles that differ. */
export interface RasterPatch {
  readonly changes: readonly TileChange[];
}

export interface TileChange {
  readonly key: TileKey;
  readonly before: Tile | null; // null: all zero
  readonly after: Tile | null;
}

import type { Rect } from '../../../core/base/geometry.ts';
import type { Tile } from '../../../core/raster/raster.ts';
import type { Quadrant } from './lattice.ts';

/** A tile on its way to a surface. Rectangles are px in the tile. */
export interface TilePart {
  readonly tile: Tile;
  readonly part: Rect; // what is painted
  readonly inside: Rect; // what of the tile lies in the raster
}

/** Where rough samples of a tile go: it covers `side` px of the surface, from (x, y) on. */
export interface RoughTile {
  readonly tile: Tile;
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

/** Makes the surfaces that a pyramid is built of, TILE x TILE px each. The pyramid itself knows nothing of canvases. */
export interface Painter<S> {
  create(): S;
  /** Writes part of a tile at full size. */
  paint(surface: S, part: TilePart): void;
  /** Writes part of a tile at half size into a quadrant. */
  paintHalf(surface: S, part: TilePart, quadrant: Quadrant): void;
  /** Writes part of a finer surface, px in it and even, at half size into a quadrant. */
  shrink(surface: S, finer: S, quadrant: Quadrant, part: Rect): void;
  /** Makes a rectangle transparent. */
  clear(surface: S, part: Rect): void;
  /** Writes tiles at once, so small that single samples do: what is shown until there is better. */
  rough(surface: S, tiles: readonly RoughTile[]): void;
}

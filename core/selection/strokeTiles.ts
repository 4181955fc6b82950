import { mixPixel } from '../pixels/blend.ts';
import type { Rect } from '../base/geometry.ts';
import { intersectRects, isEmptyRect } from '../base/geometry.ts';
import {
  TILE,
  type Raster,
  type RasterPatch,
  type Tile,
  type TileChange,
  type TileKey,
} from '../raster/raster.ts';
import { offsetOf, type Rows } from '../raster/rows.ts';
import { copyTile, sameTile, settleTile, tileBytes } from '../raster/tile.ts';
import { tileRect, tilesTouching } from '../raster/tileKey.ts';
import { TileMap } from '../raster/tileMap.ts';

/** What a brush mixes into a raster, tile by tile: all selected, nothing selected, or the original. */
export type Target = (key: TileKey) => Tile | null;

/** The tiles of a raster while a brush works on them; each is copied when it is first touched. */
export interface StrokeTiles {
  readonly base: Raster;
  readonly target: Target;
  readonly weights: Uint8Array; // [256], of the target, by coverage
  readonly touched: Map<TileKey, Touched>;
  readonly live: TileMap; // all tiles as they are by now
}

interface Touched {
  readonly from: Tile;
  readonly to: Tile;
  readonly coverage: Uint8Array; // [TILE, TILE], the most that any dab gave
  readonly now: Uint8Array;
}

/** @param opacity 0 .. 1, how much of the target full coverage takes */
export function openTiles(base: Raster, target: Target, opacity: number): StrokeTiles {
  const weights = Uint8Array.from({ length: 256 }, (_, coverage) => Math.round(coverage * opacity));
  return { base, target, weights, touched: new Map(), live: new TileMap(base.tiles) };
}

/** Raises the coverage to that of a dab where it was less; what it touched, null if nothing. */
export function stamp(tiles: StrokeTiles, dab: Rows): Rect | null {
  const area = intersectRects(dab.rect, tiles.base.rect);
  if (isEmptyRect(area)) return null;
  for (const key of tilesTouching(area)) {
    const tile = tiles.touched.get(key) ?? touch(tiles, key);
    if (!tile) continue;
    const own = tileRect(key);
    const inside = intersectRects(own, area);
    if (tiles.base.channels === 1) mixValues(tile, own, dab, inside, tiles.weights);
    else mixPixels(tile, own, dab, inside, tiles.weights);
  }
  return area;
}

/** What the brush changed; its tiles become the raster's, so no stamp may follow. Cost follows the tiles touched. */
export function closeTiles({ base, target, touched }: StrokeTiles): RasterPatch {
  const changes: TileChange[] = [];
  for (const [key, { now }] of touched) {
    const before = base.tiles.get(key) ?? null;
    if (sameTile(now, before)) continue;
    const wanted = target(key);
    const after = sameTile(now, wanted) ? wanted : settleTile(now, base.channels);
    changes.push({ key, before, after });
  }
  return { changes };
}

/** Null where the brush can change nothing. */
function touch({ base, target, touched, live }: StrokeTiles, key: TileKey): Touched | null {
  const before = base.tiles.get(key) ?? null;
  const wanted = target(key);
  if (before === wanted) return null;
  const tile = {
    from: tileBytes(before, base.channels),
    to: tileBytes(wanted, base.channels),
    coverage: copyTile(null, 1),
    now: copyTile(before, base.channels),
  };
  touched.set(key, tile);
  live.set(key, tile.now);
  return tile;
}

function mixValues(tile: Touched, own: Rect, dab: Rows, inside: Rect, weights: Uint8Array): void {
  const { from, to, coverage, now } = tile;
  const { data } = dab;
  for (let y = inside.y; y < inside.y + inside.height; y++) {
    const start = (y - own.y) * TILE + inside.x - own.x;
    for (let i = start, j = offsetOf(dab, inside.x, y, 1); i < start + inside.width; i++, j++) {
      const covered = data[j]!;
      if (covered <= coverage[i]!) continue;
      coverage[i] = covered;
      const weight = weights[covered]!;
      const sum = from[i]! * (255 - weight) + to[i]! * weight + 128;
      now[i] = (sum + (sum >> 8)) >> 8; // rounds (sum - 128) / 255
    }
  }
}

function mixPixels(tile: Touched, own: Rect, dab: Rows, inside: Rect, weights: Uint8Array): void {
  const { from, to, coverage, now } = tile;
  for (let y = inside.y; y < inside.y + inside.height; y++) {
    const start = (y - own.y) * TILE + inside.x - own.x;
    for (let i = start, j = offsetOf(dab, inside.x, y, 1); i < start + inside.width; i++, j++) {
      const covered = dab.data[j]!;
      if (covered <= coverage[i]!) continue;
      coverage[i] = covered;
      mixPixel(now, from, to, 4 * i, weights[covered]!);
    }
  }
}

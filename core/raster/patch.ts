import { TesseraError } from '../base/errors.ts';
import type { Rect } from '../base/geometry.ts';
import { uniteRects } from '../base/geometry.ts';
import type { Raster, RasterPatch, Tile, TileChange, TileKey } from './raster.ts';
import { FULL_TILE, sameTile } from './tile.ts';
import { tileRect } from './tileKey.ts';
import { TileMap } from './tileMap.ts';

/**
 * The raster after a patch; the one given stays as it is. Cost follows the patch. Throws 'internal' if it was made
 * for other tiles.
 */
export function applyPatch(raster: Raster, { changes }: RasterPatch): Raster {
  if (changes.length === 0) return raster;
  const tiles = new TileMap(raster.tiles);
  for (const { key, before, after } of changes) {
    expectTile(key, tiles.get(key) ?? null, before);
    if (after) tiles.set(key, after);
    else tiles.delete(key);
  }
  return { ...raster, tiles };
}

/** The patch that takes another back. */
export function invertPatch({ changes }: RasterPatch): RasterPatch {
  return { changes: changes.map(({ key, before, after }) => ({ key, before: after, after: before })) };
}

/** The patch from a raster's tiles to others. */
export function patchTo({ tiles }: Raster, after: ReadonlyMap<TileKey, Tile>): RasterPatch {
  const changes = [...new Set([...tiles.keys(), ...after.keys()])].map((key) => ({
    key,
    before: tiles.get(key) ?? null,
    after: after.get(key) ?? null,
  }));
  return { changes: changes.filter((change) => change.before !== change.after) };
}

/** One patch that does what `first` and then `second` do. Throws 'internal' if the second does not follow the first. */
export function composePatches(first: RasterPatch, second: RasterPatch): RasterPatch {
  const composed = new Map<TileKey, TileChange>();
  for (const change of first.changes) composed.set(change.key, change);
  for (const change of second.changes) {
    const earlier = composed.get(change.key);
    if (earlier) expectTile(change.key, earlier.after, change.before);
    composed.set(change.key, earlier ? { ...change, before: earlier.before } : change);
  }
  return { changes: [...composed.values()].filter(({ before, after }) => before !== after) };
}

/** The smallest rectangle around all tiles that a patch changes, document px; null if it changes none. */
export function patchRect({ changes }: RasterPatch): Rect | null {
  let rect: Rect | null = null;
  for (const { key } of changes) rect = rect ? uniteRects(rect, tileRect(key)) : tileRect(key);
  return rect;
}

/** How many bytes a patch keeps alive by itself; tiles that it names twice count once, {@link FULL_TILE} not at all. */
export function patchBytes({ changes }: RasterPatch): number {
  const tiles = new Set<Tile | null>();
  for (const { before, after } of changes) tiles.add(before).add(after);
  let bytes = 0;
  for (const tile of tiles) bytes += tileCost(tile);
  return bytes;
}

/** How many bytes are freed when a tile is let go. */
export function tileCost(tile: Tile | null): number {
  return tile === null || tile === FULL_TILE ? 0 : tile.length;
}

/** Bytes decide, not identity: tiles that went to disk and back are others. */
function expectTile(key: TileKey, found: Tile | null, expected: Tile | null): void {
  if (sameTile(found, expected)) return;
  const { x, y } = tileRect(key);
  throw new TesseraError('internal', `The patch expects another tile at (${x}, ${y}).`);
}

import type { Change } from '../../../core/document/change.ts';
import type { Document } from '../../../core/document/document.ts';
import type { Rect } from '../../../core/base/geometry.ts';
import { intersectRects, isEmptyRect, uniteRects } from '../../../core/base/geometry.ts';
import { patchRect } from '../../../core/raster/patch.ts';
import type { RasterPatch, Tile, TileChange, TileKey } from '../../../core/raster/raster.ts';
import { TILE } from '../../../core/raster/raster.ts';
import { tileRect } from '../../../core/raster/tileKey.ts';
import { regionAround } from '../thumbnails/region.ts';
import { pictureSource } from '../../../core/raster/thumbnail.ts';
import { selectionSource } from '../thumbnails/sources.ts';
import type { PixelSource } from '../../../core/raster/thumbnail.ts';

interface EntryPicture {
  readonly region: Rect; // document px
  readonly source: PixelSource;
}

const LOOKED_INTO = 9; // tiles: a change of more is shown by its tiles, without looking for its exact bounds

/**
 * What an undo step changed, to be drawn small: its own tiles, on the picture as it is now. Nothing is cached for it, so
 * that a long history costs no memory. Null for a step that changed no pixel.
 */
export function entryPicture(
  change: Change,
  { picture, canvas }: Document,
  aspect: number,
  overlay: readonly [number, number, number],
): EntryPicture | null {
  const patch = change.picture?.changes.length ? change.picture : change.selection;
  const rect = patch === undefined ? (change.canvas?.after ?? null) : changedRect(patch);
  if (rect === null) return null;
  const shown = intersectRects(rect, canvas);
  const region = regionAround(isEmptyRect(shown) ? canvas : shown, canvas, aspect);
  if (patch === undefined) return { region, source: pictureSource(picture) };
  const tiles = tilesAfter(patch);
  return {
    region,
    source:
      patch === change.picture ? pictureSource(picture, tiles) : selectionSource(picture, tiles, overlay),
  };
}

function tilesAfter({ changes }: RasterPatch): ReadonlyMap<TileKey, Tile | null> {
  return new Map(changes.map(({ key, after }) => [key, after]));
}

/** The smallest rectangle around what a patch changes, or around its tiles where those are many. */
function changedRect(patch: RasterPatch): Rect | null {
  if (patch.changes.length > LOOKED_INTO) return patchRect(patch);
  const rects = patch.changes.map(changedInTile).filter((rect) => rect !== null);
  return rects.length === 0 ? null : rects.reduce(uniteRects);
}

function changedInTile({ key, before, after }: TileChange): Rect | null {
  const own = tileRect(key);
  const bytes = (before ?? after)?.length ?? 0;
  const perRow = bytes / TILE;
  const channels = perRow / TILE;
  let left = perRow;
  let right = -1;
  let top = -1;
  let bottom = -1;
  for (let at = 0; at < bytes; at++) {
    if ((before?.[at] ?? 0) === (after?.[at] ?? 0)) continue;
    const column = at % perRow;
    bottom = (at - column) / perRow;
    if (top < 0) top = bottom;
    if (column < left) left = column;
    if (column > right) right = column;
  }
  if (top < 0) return null;
  const x = Math.floor(left / channels);
  const width = Math.floor(right / channels) - x + 1;
  return { x: own.x + x, y: own.y + top, width, height: bottom - top + 1 };
}

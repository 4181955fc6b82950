import type { Point, Rect } from '../base/geometry.ts';
import { containsRect, intersectRects, isEmptyRect, moveRect } from '../base/geometry.ts';
import { boundsOf } from '../raster/bounds.ts';
import { changeOf, editTile } from '../raster/edit.ts';
import type { Raster, RasterPatch, Tile, TileChange, TileKey } from '../raster/raster.ts';
import { readRect } from '../raster/flat.ts';
import { offsetOf } from '../raster/rows.ts';
import { copyTile, FULL_TILE, sameTile, settleTile } from '../raster/tile.ts';
import { tileRect, tilesTouching } from '../raster/tileKey.ts';
import { fillRect } from '../raster/write.ts';
import type { Coverage } from '../pixels/picture.ts';

/** How coverage and a selection become one, as in core/pixels/mask/algebra.ts. */
export type CombineMode = 'replace' | 'add' | 'subtract' | 'intersect';

/** What combining a coverage with a selection changes; what it covers outside the selection's rectangle is left out. */
export function combine(selection: Raster, coverage: Coverage, mode: CombineMode): RasterPatch {
  const target = intersectRects(coverage.rect, selection.rect);
  const keys = new Set(tilesTouching(target));
  if (mode === 'replace' || mode === 'intersect') for (const key of selection.tiles.keys()) keys.add(key);
  const changes: TileChange[] = [];
  for (const key of keys) {
    const before = selection.tiles.get(key) ?? null;
    const change = changeOf(key, before, combined(key, before, coverage, target, mode));
    if (change) changes.push(change);
  }
  return { changes };
}

/** What is selected, moved by whole px; what leaves the selection's rectangle is lost. */
export function moveSelection(selection: Raster, by: Point): RasterPatch {
  const bounds = boundsOf(selection);
  if (!bounds || (by.x === 0 && by.y === 0)) return { changes: [] };
  const data = readRect(selection, bounds);
  return combine(selection, { rect: moveRect(bounds, by.x, by.y), data }, 'replace');
}

/** Selects everything in the selection's rectangle. */
export function selectAll(selection: Raster): RasterPatch {
  return fillRect(selection, selection.rect, 255);
}

/** Selects nothing. */
export function selectNone(selection: Raster): RasterPatch {
  return { changes: [...selection.tiles].map(([key, before]) => ({ key, before, after: null })) };
}

/** Selects what was not selected. */
export function invertSelection(selection: Raster): RasterPatch {
  const changes: TileChange[] = [];
  for (const key of tilesTouching(selection.rect)) {
    const before = selection.tiles.get(key) ?? null;
    const uniform = before === null ? FULL_TILE : before === FULL_TILE ? null : undefined;
    const change =
      uniform !== undefined && containsRect(selection.rect, tileRect(key))
        ? changeOf(key, before, uniform)
        : editTile(selection, key, selection.rect, invertRows);
    if (change) changes.push(change);
  }
  return { changes };
}

function invertRows(data: Uint8Array, rect: Rect, inside: Rect): boolean {
  for (let y = inside.y; y < inside.y + inside.height; y++) {
    const from = offsetOf({ rect, data }, inside.x, y, 1);
    for (let i = from; i < from + inside.width; i++) data[i] = 255 - data[i]!;
  }
  return true;
}

function combined(
  key: TileKey,
  before: Tile | null,
  coverage: Coverage,
  target: Rect,
  mode: CombineMode,
): Tile | null {
  if (mode === 'add' ? before === FULL_TILE : mode !== 'replace' && before === null) return before;
  const rect = tileRect(key);
  const data = copyTile(mode === 'add' || mode === 'subtract' ? before : null, 1);
  const inside = intersectRects(rect, target);
  const bottom = isEmptyRect(inside) ? inside.y : inside.y + inside.height;
  for (let y = inside.y; y < bottom; y++) {
    const to = offsetOf({ rect, data }, inside.x, y, 1);
    const from = offsetOf(coverage, inside.x, y, 1);
    combineRow(data, to, before, coverage.data, from, inside.width, mode);
  }
  return sameTile(data, before) ? before : settleTile(data, 1);
}

function combineRow(
  data: Uint8Array,
  to: number,
  before: Tile | null,
  coverage: Uint8Array,
  from: number,
  count: number,
  mode: CombineMode,
): void {
  if (mode === 'replace') {
    data.set(coverage.subarray(from, from + count), to);
  } else if (mode === 'add') {
    for (let i = 0; i < count; i++) data[to + i] = Math.max(data[to + i]!, coverage[from + i]!);
  } else if (mode === 'subtract') {
    for (let i = 0; i < count; i++) data[to + i] = Math.min(data[to + i]!, 255 - coverage[from + i]!);
  } else if (before) {
    for (let i = 0; i < count; i++) data[to + i] = Math.min(before[to + i]!, coverage[from + i]!);
  }
}

import type { Frame } from '../frames/frame.ts';
import type { FramePlan } from '../frames/planFrames.ts';
import { selectionToHole } from '../masks/selectionToHole.ts';
import type { Rect } from '../pixels/picture.ts';
import { containsRect, intersectRects } from '../pixels/rect.ts';
import { readRect } from '../raster/flat.ts';
import { TILE, type Raster, type Tile } from '../raster/raster.ts';
import { tileRect, tilesTouching } from '../raster/tileKey.ts';

/**
 * The cells of a plan's frame that would be refilled, [rows * columns] of 0 and 1. Tiles are looked into once for one
 * lattice of tokens, so that this costs little for what has not changed since it was last asked.
 */
export function holeOfPlan(selection: Raster, { frame, bounds }: FramePlan): Uint8Array {
  const cells = new Uint8Array(frame.columns * frame.rows);
  const area = intersectRects(intersectRects(bounds, frame.rect), selection.rect);
  for (const key of tilesTouching(area)) {
    const tile = selection.tiles.get(key);
    if (!tile) continue;
    const own = tileRect(key);
    if (containsRect(area, own)) markTile(cells, frame, tile, own);
    else markPart(cells, frame, selection, intersectRects(own, area));
  }
  return cells;
}

function markPart(cells: Uint8Array, frame: Frame, selection: Raster, part: Rect): void {
  const mask = { width: part.width, height: part.height, data: readRect(selection, part) };
  const rect = { ...frame.rect, x: frame.rect.x - part.x, y: frame.rect.y - part.y };
  for (const cell of selectionToHole(mask, { ...frame, rect })) cells[cell] = 1;
}

/** The cells that are hit in one tile: those of a small frame that covers it, on the lattice of the large one. */
interface TileHole {
  readonly frame: Frame; // px of the tile
  readonly cells: Int32Array; // flat, of this frame
}

const known = new WeakMap<Tile, TileHole>(); // for the lattice that was asked for last

function markTile(cells: Uint8Array, frame: Frame, tile: Tile, own: Rect): void {
  const unit = frame.rect.width / frame.columns;
  const column = Math.floor((own.x - frame.rect.x) / unit);
  const row = Math.floor((own.y - frame.rect.y) / unit);
  const x = frame.rect.x + column * unit - own.x;
  const y = frame.rect.y + row * unit - own.y;
  const hole = holeOfTile(tile, x, y, unit);
  for (const cell of hole.cells) {
    const across = cell % hole.frame.columns;
    const down = (cell - across) / hole.frame.columns;
    cells[(row + down) * frame.columns + column + across] = 1;
  }
}

function holeOfTile(tile: Tile, x: number, y: number, unit: number): TileHole {
  const before = known.get(tile);
  const columns = Math.ceil((TILE - x) / unit);
  const rows = Math.ceil((TILE - y) / unit);
  const rect = { x, y, width: columns * unit, height: rows * unit };
  if (before && sameRect(before.frame.rect, rect) && before.frame.columns === columns) return before;
  const frame = { rect, scale: 1, columns, rows };
  const hole = { frame, cells: selectionToHole({ width: TILE, height: TILE, data: tile }, frame) };
  known.set(tile, hole);
  return hole;
}

function sameRect(a: Rect, b: Rect): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}

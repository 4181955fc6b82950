import { layOver } from '../pixels/blend.ts';
import type { Rect } from '../base/geometry.ts';
import { changeOf, editTiles } from '../raster/edit.ts';
import { boundsOf } from '../raster/bounds.ts';
import { readRect } from '../raster/flat.ts';
import { empty } from '../raster/make.ts';
import { applyPatch } from '../raster/patch.ts';
import type { Raster, RasterPatch, TileChange } from '../raster/raster.ts';
import { withRect } from '../raster/resize.ts';
import { offsetOf } from '../raster/rows.ts';
import { sameTile } from '../raster/tile.ts';
import type { Change } from './change.ts';
import type { Document } from './document.ts';

/** A part of a picture, to be laid onto another. */
export interface Piece {
  readonly raster: Raster; // RGBA
  readonly x: number; // where the corner of its rectangle comes to lie, document px, whole numbers
  readonly y: number;
}

/** The rectangle that a piece covers, document px. */
export function pieceRect({ raster: { rect }, x, y }: Piece): Rect {
  return { x, y, width: rect.width, height: rect.height };
}

/**
 * Lays a piece over the picture, on a canvas that holds the one before; what reaches past it is cut off. The original
 * gets it where it had nothing: what was there first can still be painted back, and so can the piece itself.
 */
export function placePiece(document: Document, piece: Piece, canvas: Rect): Change {
  const before = document.canvas;
  const rect = pieceRect(piece);
  const picture = layOnto(withRect(document.picture, canvas).raster, rect, piece, 'over');
  const original = layOnto(withRect(document.original, canvas).raster, rect, piece, 'under');
  return {
    ...(canvas !== before && { canvas: { before, after: canvas } }),
    picture,
    original: sharing(original, picture),
  };
}

/** What is selected of a picture, as much as it is, or all of it: a piece for another, at its place in this one. */
export function takePiece({ picture, selection }: Document): Raster {
  const bounds = boundsOf(selection);
  if (!bounds) return picture;
  const blank = empty(bounds, 4);
  const patch = editTiles(blank, bounds, (tile, own, inside) => {
    const pixels = readRect(picture, inside);
    const amounts = readRect(selection, inside);
    for (let y = 0, i = 0; y < inside.height; y++) {
      const start = offsetOf({ rect: own, data: tile }, inside.x, inside.y + y, 4);
      for (let to = start; to < start + 4 * inside.width; to += 4, i++) {
        if (amounts[i] === 0) continue;
        for (let c = 0; c < 3; c++) tile[to + c] = pixels[4 * i + c]!;
        tile[to + 3] = Math.round((pixels[4 * i + 3]! * amounts[i]!) / 255);
      }
    }
    return true;
  });
  return applyPatch(blank, patch);
}

/** What taking a piece away leaves of the picture: as transparent as it was selected. */
export function cutPiece({ picture, selection }: Document): RasterPatch {
  const bounds = boundsOf(selection);
  if (!bounds) return { changes: [] };
  return editTiles(picture, bounds, (tile, own, inside) => {
    const amounts = readRect(selection, inside);
    let changed = false;
    for (let y = 0, i = 0; y < inside.height; y++) {
      const start = offsetOf({ rect: own, data: tile }, inside.x, inside.y + y, 4);
      for (let at = start; at < start + 4 * inside.width; at += 4, i++) {
        if (amounts[i] === 0 || tile[at + 3] === 0) continue;
        changed = true;
        tile[at + 3] = Math.round((tile[at + 3]! * (255 - amounts[i]!)) / 255);
        if (tile[at + 3] === 0) tile.fill(0, at, at + 3);
      }
    }
    return changed;
  });
}

function layOnto(raster: Raster, rect: Rect, { raster: from }: Piece, how: 'over' | 'under'): RasterPatch {
  const [dx, dy] = [from.rect.x - rect.x, from.rect.y - rect.y];
  return editTiles(raster, rect, (tile, own, inside) => {
    const piece = readRect(from, { ...inside, x: inside.x + dx, y: inside.y + dy });
    const width = inside.width;
    let changed = false;
    for (let y = 0; y < inside.height; y++) {
      const at = offsetOf({ rect: own, data: tile }, inside.x, inside.y + y, 4);
      const row = 4 * y * width;
      if (how === 'over') {
        changed = layOver(tile, at, piece, row, width) || changed;
      } else {
        layOver(piece, row, tile.subarray(at, at + 4 * width), 0, width);
        changed = copySeen(piece.subarray(row, row + 4 * width), tile, at) || changed;
      }
    }
    return changed;
  });
}

/** Copies pixels of which anything can be seen; says whether any was another. */
function copySeen(from: Uint8Array, to: Uint8Array, at: number): boolean {
  let changed = false;
  for (let i = 0; i < from.length; i += 4) {
    if (from[i + 3] === 0) continue;
    for (let c = i; c < i + 4; c++) {
      changed ||= to[at + c] !== from[c];
      to[at + c] = from[c]!;
    }
  }
  return changed;
}

/** The same patch with the tiles of another where they are the same, so that they are kept once. */
function sharing({ changes }: RasterPatch, other: RasterPatch): RasterPatch {
  const others = new Map(other.changes.map((change) => [change.key, change.after]));
  const shared = changes.map(({ key, before, after }): TileChange | null => {
    const same = others.get(key);
    return changeOf(key, before, same !== undefined && sameTile(same, after) ? same : after);
  });
  return { changes: shared.filter((change) => change !== null) };
}

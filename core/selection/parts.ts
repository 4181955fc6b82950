import type { Rect } from '../pixels/picture.ts';
import { TILE, type Raster } from '../raster/raster.ts';
import { tileKey, tileRect } from '../raster/tileKey.ts';
import { seamBelow, seamRight, touchAtCorner, type Seam } from './seams.ts';
import { partsOfTile, type TileParts } from './tileParts.ts';

/** A tile of the selection with its parts; they are numbered from `start` on, in all of the selection. */
interface Placed {
  readonly column: number; // of the lattice
  readonly row: number;
  readonly parts: TileParts;
  readonly start: number;
}

/**
 * The bounds of the connected parts of a selection (px that touch by a side or a corner), document px, in the order of
 * their first px. Tiles are looked into once, so that this costs little for what has not changed since it was last asked.
 */
export function selectionParts(selection: Raster): Rect[] {
  const { tiles, count } = placeTiles(selection);
  return boundsOfParts(tiles.values(), joinSeams(tiles, count));
}

function placeTiles(selection: Raster): { tiles: Map<number, Placed>; count: number } {
  const tiles = new Map<number, Placed>();
  let count = 0;
  for (const [key, tile] of selection.tiles) {
    const { x, y } = tileRect(key);
    const parts = partsOfTile(tile);
    tiles.set(key, { column: x / TILE, row: y / TILE, parts, start: count });
    count += parts.count;
  }
  return { tiles, count };
}

/** For each part of a tile one that it is joined with and that has no higher number, itself where there is none. */
function joinSeams(tiles: ReadonlyMap<number, Placed>, count: number): Int32Array {
  const parent = Int32Array.from({ length: count }, (_, part) => part);
  const find = (part: number): number => {
    while (parent[part] !== part) {
      parent[part] = parent[parent[part]!]!; // path halving
      part = parent[part]!;
    }
    return part;
  };
  const join = (a: number, b: number): void => {
    const [one, other] = [find(a), find(b)];
    parent[Math.max(one, other)] = Math.min(one, other);
  };
  const joinAll = (a: Placed, b: Placed, seam: Seam): void => {
    for (let i = 0; i < seam.length; i += 2) join(a.start + seam[i]!, b.start + seam[i + 1]!);
  };
  for (const a of tiles.values()) {
    const { column, row } = a;
    const right = tiles.get(tileKey(column + 1, row));
    const below = tiles.get(tileKey(column, row + 1));
    const belowRight = tiles.get(tileKey(column + 1, row + 1));
    const belowLeft = tiles.get(tileKey(column - 1, row + 1));
    if (right) joinAll(a, right, seamRight(a.parts, right.parts));
    if (below) joinAll(a, below, seamBelow(a.parts, below.parts));
    if (belowRight) joinAll(a, belowRight, touchAtCorner(a.parts, belowRight.parts, 'right'));
    if (belowLeft) joinAll(a, belowLeft, touchAtCorner(a.parts, belowLeft.parts, 'left'));
  }
  for (let part = 0; part < count; part++) parent[part] = find(part);
  return parent;
}

interface Extent {
  left: number;
  top: number;
  right: number;
  bottom: number;
  first: number; // the column of the first px in the top row
}

function boundsOfParts(tiles: Iterable<Placed>, parent: Int32Array): Rect[] {
  const extents = new Map<number, Extent>();
  for (const tile of tiles) {
    for (let part = 0; part < tile.parts.count; part++) {
      const own = extentOf(tile, part);
      const at = parent[tile.start + part]!;
      const known = extents.get(at);
      if (known) widen(known, own);
      else extents.set(at, own);
    }
  }
  return [...extents.values()]
    .sort((a, b) => a.top - b.top || a.first - b.first)
    .map(({ left, top, right, bottom }) => ({ x: left, y: top, width: right - left, height: bottom - top }));
}

function extentOf({ column, row, parts }: Placed, part: number): Extent {
  const x = column * TILE;
  const y = row * TILE;
  return {
    left: x + parts.left[part]!,
    top: y + parts.top[part]!,
    right: x + parts.right[part]!,
    bottom: y + parts.bottom[part]!,
    first: x + parts.first[part]!,
  };
}

function widen(extent: Extent, by: Extent): void {
  if (by.top < extent.top || (by.top === extent.top && by.first < extent.first)) extent.first = by.first;
  extent.left = Math.min(extent.left, by.left);
  extent.top = Math.min(extent.top, by.top);
  extent.right = Math.max(extent.right, by.right);
  extent.bottom = Math.max(extent.bottom, by.bottom);
}

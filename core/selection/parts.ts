import type { Rect } from '../base/geometry.ts';
import { type Raster, TILE } from '../raster/raster.ts';
import { tileKey, tileRect } from '../raster/tileKey.ts';
import { type EdgeRun, type PartExtent, partsOfTile, type TileParts } from './tileParts.ts';

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
    count += parts.extents.length;
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
  for (const a of tiles.values()) {
    const { column, row, start } = a;
    const { right, bottom } = a.parts.edges;
    const beside = tiles.get(tileKey(column + 1, row));
    const below = tiles.get(tileKey(column, row + 1));
    if (beside)
      alongSeam(right, beside.parts.edges.left, (p, q) => {
        join(start + p, beside.start + q);
      });
    if (below)
      alongSeam(bottom, below.parts.edges.top, (p, q) => {
        join(start + p, below.start + q);
      });
    for (const side of [-1, 1]) {
      const across = tiles.get(tileKey(column + side, row + 1));
      const own = partAtEnd(bottom, side < 0 ? 'first' : 'last');
      const other = across ? partAtEnd(across.parts.edges.top, side < 0 ? 'last' : 'first') : null;
      if (across && own !== null && other !== null) join(start + own, across.start + other);
    }
  }
  for (let part = 0; part < count; part++) parent[part] = find(part);
  return parent;
}

type Extent = { -readonly [K in keyof PartExtent]: number }; // document px

function boundsOfParts(tiles: Iterable<Placed>, parent: Int32Array): Rect[] {
  const extents = new Map<number, Extent>();
  for (const { column, row, parts, start } of tiles) {
    for (const [part, extent] of parts.extents.entries()) {
      const placed = moved(extent, column * TILE, row * TILE);
      const at = parent[start + part]!;
      const joined = extents.get(at);
      if (joined) widen(joined, placed);
      else extents.set(at, placed);
    }
  }
  return [...extents.values()]
    .sort((a, b) => a.top - b.top || a.first - b.first)
    .map(({ left, top, right, bottom }) => ({ x: left, y: top, width: right - left, height: bottom - top }));
}

function moved({ left, top, right, bottom, first }: PartExtent, x: number, y: number): Extent {
  return { left: left + x, top: top + y, right: right + x, bottom: bottom + y, first: first + x };
}

function widen(extent: Extent, by: Extent): void {
  if (by.top < extent.top || (by.top === extent.top && by.first < extent.first)) extent.first = by.first;
  extent.left = Math.min(extent.left, by.left);
  extent.top = Math.min(extent.top, by.top);
  extent.right = Math.max(extent.right, by.right);
  extent.bottom = Math.max(extent.bottom, by.bottom);
}

type Edge = readonly EdgeRun[];

/** Calls `touch` for parts that meet where two tiles do, by sides or corners. */
function alongSeam(one: Edge, other: Edge, touch: (part: number, otherPart: number) => void): void {
  let next = 0;
  for (const { from, to, part } of one) {
    // `to` is past the end, so touching at a corner is from <= to on both sides.
    while (next < other.length && other[next]!.to < from) next++;
    for (let k = next; k < other.length && other[k]!.from <= to; k++) touch(part, other[k]!.part);
  }
}

/** Which part the first or the last px of an edge is of; null where it is not selected. */
function partAtEnd(edge: Edge, end: 'first' | 'last'): number | null {
  const run = end === 'first' ? edge[0] : edge.at(-1);
  const isThere = end === 'first' ? run?.from === 0 : run?.to === TILE;
  return run && isThere ? run.part : null;
}

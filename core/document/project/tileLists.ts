import { MAX_ID } from '../../base/limits.ts';
import { z } from 'zod';
import {
  type Raster,
  type RasterPatch,
  type Tile,
  TILE,
  type TileChange,
  type TileKey,
} from '../../raster/raster.ts';
import { tileKey, tileRect } from '../../raster/tileKey.ts';

/** The number of a tile; 0 stands for none. */
type NumberOf = (tile: Tile | null) => number;
/** The tile of a number. */
type TileOf = (id: number) => Tile | null;

const PLACED = 3; // column, row, tile
const CHANGED = 4; // column, row, before, after

const LEAST_PLACE = -(2 ** 15); // the lattice's first column and row
const PLACES = 2 ** 16;

/** The tiles of a raster, one after the other. */
export const placedTiles = tileList(PLACED, 1, 'column, row and number of tiles, each place once');

/** The tiles that a patch changes, one after the other. */
export const changedTiles = tileList(CHANGED, 0, 'column, row and two numbers of tiles, each place once');

export function placedFrom({ tiles }: Raster, numberOf: NumberOf): number[] {
  const list: number[] = [];
  for (const [key, tile] of tiles) list.push(...placeOf(key), numberOf(tile));
  return list;
}

export function placedTo(list: readonly number[], tileOf: TileOf): Map<TileKey, Tile> {
  const tiles = new Map<TileKey, Tile>();
  for (let i = 0; i < list.length; i += PLACED) {
    const tile = tileOf(list[i + 2]!);
    if (tile) tiles.set(tileKey(list[i]!, list[i + 1]!), tile);
  }
  return tiles;
}

export function changedFrom({ changes }: RasterPatch, numberOf: NumberOf): number[] {
  const list: number[] = [];
  for (const { key, before, after } of changes) {
    list.push(...placeOf(key), numberOf(before), numberOf(after));
  }
  return list;
}

export function changedTo(list: readonly number[], tileOf: TileOf): RasterPatch {
  const changes: TileChange[] = [];
  for (let i = 0; i < list.length; i += CHANGED) {
    const key = tileKey(list[i]!, list[i + 1]!);
    changes.push({ key, before: tileOf(list[i + 2]!), after: tileOf(list[i + 3]!) });
  }
  return { changes };
}

/** The numbers of tiles that a raster's list names. */
export function* namedByPlaced(list: readonly number[]): Generator<number> {
  for (let i = 2; i < list.length; i += PLACED) yield list[i]!;
}

/** The numbers of tiles that a patch's list names. */
export function* namedByChanged(list: readonly number[]): Generator<number> {
  for (let i = 0; i < list.length; i += CHANGED) {
    if (list[i + 2] !== 0) yield list[i + 2]!;
    if (list[i + 3] !== 0) yield list[i + 3]!;
  }
}

function placeOf(key: TileKey): [number, number] {
  const { x, y } = tileRect(key);
  return [x / TILE, y / TILE];
}

/** Checked by hand: a schema per number would take longer than all else in a project. */
function tileList(stride: number, leastId: number, words: string): z.ZodType<readonly number[]> {
  return z.custom<readonly number[]>(
    (value) => Array.isArray(value) && isTileList(value as unknown[], stride, leastId),
    words,
  );
}

function isTileList(list: readonly unknown[], stride: number, leastId: number): boolean {
  if (list.length % stride !== 0) return false;
  const places = new Set<number>();
  for (let i = 0; i < list.length; i += stride) {
    const column = list[i];
    const row = list[i + 1];
    if (!isWithin(column, LEAST_PLACE, -LEAST_PLACE - 1)) return false;
    if (!isWithin(row, LEAST_PLACE, -LEAST_PLACE - 1)) return false;
    for (let at = i + 2; at < i + stride; at++) if (!isWithin(list[at], leastId, MAX_ID)) return false;
    places.add(column * PLACES + row);
  }
  return places.size === list.length / stride;
}

function isWithin(value: unknown, least: number, most: number): value is number {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
}

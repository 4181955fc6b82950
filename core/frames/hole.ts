import type { FramePlan } from './planFrames.ts';
import { cropMask } from '../pixels/masks/mask.ts';
import { selectionToHole } from './selectionToHole.ts';
import { intersectRects, moveRect, type Rect, sameRect } from '../base/geometry.ts';
import { indicesOf } from '../tokens/cells.ts';
import { sameFrame } from './frame.ts';
import { TILE, type Raster, type Tile } from '../raster/raster.ts';
import { FULL_TILE } from '../raster/tile.ts';
import { tileRect, tilesTouching } from '../raster/tileKey.ts';

/** The tokens of a frame that a fill draws anew. */
export class Hole {
  readonly flags: Uint8Array; // [rows * columns], 1 in the hole
  private set: ReadonlySet<number> | null = null;

  constructor(flags: Uint8Array) {
    this.flags = flags;
  }

  /** The same as ascending flat indices. */
  get cells(): ReadonlySet<number> {
    return (this.set ??= new Set(indicesOf(this.flags)));
  }
}

const HOLES = 16; // remembered for each selection: those of its frames, and of the frames of the token grid

const holes = new WeakMap<Raster, (FramePlan & { readonly hole: Hole })[]>();

/**
 * The hole that a selection makes in a frame: every token whose square holds a selected pixel inside the bounds. The same
 * question gets the same object, and after a stroke only the changed tiles are looked into.
 */
export function holeIn(selection: Raster, { frame, bounds }: FramePlan): Hole {
  const list = holes.get(selection) ?? [];
  holes.set(selection, list);
  const known = list.find((one) => sameFrame(one.frame, frame) && sameRect(one.bounds, bounds));
  if (known) return known.hole;
  const hole = new Hole(flagsIn(selection, { frame, bounds }));
  if (list.length === HOLES) list.shift();
  list.push({ frame, bounds, hole });
  return hole;
}

function flagsIn(selection: Raster, { frame, bounds }: FramePlan): Uint8Array {
  const { rect, columns, rows } = frame;
  const unit = rect.width / columns;
  const cells = new Uint8Array(columns * rows);
  const area = intersectRects(intersectRects(bounds, rect), selection.rect);
  for (const key of tilesTouching(area)) {
    const tile = selection.tiles.get(key);
    if (!tile) continue;
    const own = tileRect(key);
    const column = Math.floor((own.x - rect.x) / unit);
    const row = Math.floor((own.y - rect.y) / unit);
    const origin = { x: rect.x + column * unit - own.x, y: rect.y + row * unit - own.y };
    const part = moveRect(intersectRects(own, area), -own.x, -own.y);
    for (const cell of holeOfTile(tile, { ...origin, unit, part })) {
      const across = cell % ACROSS;
      cells[(row + (cell - across) / ACROSS) * columns + column + across] = 1;
    }
  }
  return cells;
}

/** How the tokens lie over a tile, px of it. */
interface Lattice {
  readonly x: number; // where the first begins, at most 0
  readonly y: number;
  readonly unit: number;
  readonly part: Rect; // nothing else of the tile counts
}

const ACROSS = 2 * TILE; // what a row counts for in the number of a cell: more than ever lie side by side in a tile
const LATTICES = 4; // remembered for each tile: strokes that are done and undone go to and fro between some

const tileHoles = new WeakMap<Tile, Map<string, readonly number[]>>();

/** The cells that are hit in a tile, column + row * ACROSS. */
function holeOfTile(tile: Tile, lattice: Lattice): readonly number[] {
  if (tile === FULL_TILE) return cellsUnder(lattice);
  const { x, y, unit, part } = lattice;
  const name = `${x} ${y} ${unit} ${part.x} ${part.y} ${part.width} ${part.height}`;
  const holes = tileHoles.get(tile) ?? new Map<string, readonly number[]>();
  tileHoles.set(tile, holes);
  const before = holes.get(name);
  if (before) return before;
  const hole = findHole(tile, lattice);
  const [oldest] = holes.keys();
  if (holes.size === LATTICES && oldest !== undefined) holes.delete(oldest);
  holes.set(name, hole);
  return hole;
}

function findHole(tile: Tile, { x, y, unit, part }: Lattice): number[] {
  const columns = Math.ceil((TILE - x) / unit);
  const rows = Math.ceil((TILE - y) / unit);
  const rect = { x: x - part.x, y: y - part.y, width: columns * unit, height: rows * unit };
  const mask = cropMask({ width: TILE, height: TILE, data: tile }, part);
  const cells = selectionToHole(mask, { rect, scale: 1, columns, rows });
  return Array.from(cells, (cell) => Math.floor(cell / columns) * ACROSS + (cell % columns));
}

/** The cells that a part touches: all of it is selected. */
function cellsUnder({ x, y, unit, part }: Lattice): number[] {
  const cells: number[] = [];
  const right = Math.ceil((part.x + part.width - x) / unit);
  const bottom = Math.ceil((part.y + part.height - y) / unit);
  for (let row = Math.floor((part.y - y) / unit); row < bottom; row++) {
    for (let column = Math.floor((part.x - x) / unit); column < right; column++)
      cells.push(row * ACROSS + column);
  }
  return cells;
}

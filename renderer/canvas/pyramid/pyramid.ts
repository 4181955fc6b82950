import type { Painter, RoughTile } from './painter.ts';
import type { Square } from './lattice.ts';
import type { Rect } from '../../../core/base/geometry.ts';
import { Nodes } from './nodes.ts';
import {
  ancestor,
  levelFor,
  pixelsIn,
  squareRect,
  squaresTouching,
  TOP_LEVEL,
  wholePixels,
} from './lattice.ts';
import { containsRect, intersectRects } from '../../../core/base/geometry.ts';
import { differingTiles } from '../../../core/raster/tileMap.ts';
import { refresh, type Shift } from './refresh.ts';
import { tileKey, tileRect } from '../../../core/raster/tileKey.ts';
import { type Raster, TILE } from '../../../core/raster/raster.ts';

/** A part of a surface, and where it is seen. */
export interface ShownSquare<S> {
  readonly surface: S;
  readonly from: Rect; // px of the surface
  readonly to: Rect; // document px
}

export interface Built {
  readonly improved: readonly Rect[]; // document px that look better than before
  readonly complete: boolean; // else coarser squares stand in for some, and another frame is due
}

export interface PyramidOptions {
  readonly surfaces: number; // cached at most, besides those that are seen
  readonly now: () => number; // ms
}

/**
 * A raster at every zoom: level 0 is its tiles, each level above has half the pixels. What is seen is built first, a little
 * in every frame; meanwhile something coarser or older stands in.
 */
export class Pyramid<S> {
  private readonly painter: Painter<S>;
  private readonly options: PyramidOptions;
  private readonly nodes = new Nodes<S>();
  private raster: Raster | null = null;
  private frame = 0;

  constructor(painter: Painter<S>, options: PyramidOptions) {
    this.painter = painter;
    this.options = options;
  }

  /** Takes another raster; only where its tiles are others is anything built anew. */
  show(raster: Raster): void {
    if (raster === this.raster) return;
    if (this.raster) for (const rect of differences(this.raster, raster)) this.nodes.soil(rect);
    this.raster = raster;
  }

  /** Says that bytes of tiles changed in place, document px. */
  touch(rect: Rect): void {
    this.nodes.soil(rect);
  }

  /** Forgets everything, for a raster that has nothing to do with the one before. */
  clear(): void {
    this.nodes.clear();
    this.raster = null;
  }

  /** Builds what is needed for `visible` (document px) at `scale` (device px per document px), for about `budget` ms. */
  build(visible: Rect, scale: number, budget: number): Built {
    if (!this.raster) return { improved: [], complete: true };
    const shift = this.startShift(this.raster, budget);
    const stale: Square[] = [];
    for (const square of this.squaresFor(visible, scale)) {
      const node = this.nodes.obtain(square);
      node.seen = this.frame;
      if (node.dirty) stale.push(square);
    }
    const distance = fromCentre(visible);
    // What was touched a moment ago is under the pointer, and costs little.
    const touched = (square: Square): number => (this.nodes.find(square)?.surface ? 0 : 1);
    stale.sort((a, b) => touched(a) - touched(b) || distance(a) - distance(b));
    const improved = refreshAll(shift, stale);
    this.nodes.trim(this.options.surfaces, this.frame);
    return { improved, complete: improved.length === stale.length };
  }

  /** What to draw for `visible` (document px) at `scale`, as far as it is built. */
  squares(visible: Rect, scale: number): ShownSquare<S>[] {
    return this.squaresFor(visible, scale).flatMap((square) => this.shownFor(square) ?? []);
  }

  private squaresFor(visible: Rect, scale: number): Square[] {
    if (!this.raster) return [];
    const level = levelFor(scale);
    return squaresTouching(intersectRects(wholePixels(visible, level), this.raster.rect), level);
  }

  private startShift(raster: Raster, budget: number): Shift<S> {
    const { now } = this.options;
    const end = now() + budget;
    let works = false;
    const timeIsUp = (): boolean => {
      const up = works && now() >= end;
      works = true;
      return up;
    };
    return { raster, nodes: this.nodes, painter: this.painter, frame: ++this.frame, timeIsUp };
  }

  private shownFor(square: Square): ShownSquare<S> | null {
    // The whole square, however little of it is seen: it is rounded to device px alike in every frame.
    const part = intersectRects(this.raster!.rect, squareRect(square));
    const node = this.nodes.obtain(square);
    if (!node.dirty || node.surface) return this.shownOf(square, node.surface, part);
    for (let up = 1; square.level + up <= TOP_LEVEL; up++) {
      const coarser = ancestor(square, up);
      const node = this.nodes.find(coarser);
      if (!node?.surface) continue;
      node.seen = this.frame;
      return this.shownOf(coarser, node.surface, part);
    }
    const top = ancestor(square, TOP_LEVEL - square.level);
    return this.shownOf(top, this.rough(top), part);
  }

  private shownOf(square: Square, surface: S | null, part: Rect): ShownSquare<S> | null {
    return surface === null ? null : { surface, from: pixelsIn(square, part), to: part };
  }

  /** A square of the top level from a few samples of each tile; it stays dirty, so that it is built when there is time. */
  private rough(top: Square): S | null {
    const node = this.nodes.obtain(top);
    node.seen = this.frame;
    if (!node.dirty) return node.surface;
    const tiles: RoughTile[] = [];
    const side = TILE / 2 ** TOP_LEVEL;
    for (const { column, row } of squaresTouching(squareRect(top), 0)) {
      const tile = this.raster!.tiles.get(tileKey(column, row));
      const { x, y } = pixelsIn(top, { x: column * TILE, y: row * TILE, width: TILE, height: TILE });
      if (tile) tiles.push({ tile, x, y, side });
    }
    if (tiles.length === 0) return null;
    node.surface = this.painter.create();
    node.dirty = squareRect(top);
    this.painter.rough(node.surface, tiles);
    return node.surface;
  }
}

/** Makes squares show the raster as it is until time is up; gives what changed of each that is done, document px. */
function refreshAll<S>(shift: Shift<S>, squares: readonly Square[]): Rect[] {
  const improved: Rect[] = [];
  for (const square of squares) {
    const { dirty } = shift.nodes.obtain(square);
    if (!refresh(shift, square)) break;
    improved.push(dirty!);
  }
  return improved;
}

function fromCentre(area: Rect): (square: Square) => number {
  const x = area.x + area.width / 2;
  const y = area.y + area.height / 2;
  return (square) => {
    const own = squareRect(square);
    return Math.hypot(own.x + own.width / 2 - x, own.y + own.height / 2 - y);
  };
}

/** Where two rasters differ, tile by tile; also where the border of their rectangle runs through a tile differently. */
function* differences(a: Raster, b: Raster): Generator<Rect> {
  for (const key of differingTiles(a.tiles, b.tiles)) yield tileRect(key);
  if (a.rect === b.rect) return;
  for (const key of b.tiles.keys()) {
    const rect = tileRect(key);
    if (!sameBorder(rect, a.rect, b.rect)) yield rect;
  }
}

function sameBorder(tile: Rect, a: Rect, b: Rect): boolean {
  if (containsRect(a, tile) && containsRect(b, tile)) return true;
  const [before, after] = [intersectRects(tile, a), intersectRects(tile, b)];
  return containsRect(before, after) && containsRect(after, before);
}

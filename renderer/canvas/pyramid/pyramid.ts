import type { Painter, RoughTile } from './painter.ts';
import type { Place } from './lattice.ts';
import type { Rect } from '../../../core/base/geometry.ts';
import { Nodes } from './nodes.ts';
import {
  ancestor,
  levelFor,
  pixelsIn,
  placeRect,
  placesTouching,
  TOP_LEVEL,
  wholePixels,
} from './lattice.ts';
import { containsRect, intersectRects } from '../../../core/base/geometry.ts';
import { differingTiles } from '../../../core/raster/tileMap.ts';
import { refresh, type Shift } from './refresh.ts';
import { tileKey, tileRect } from '../../../core/raster/tileKey.ts';
import { type Raster, TILE } from '../../../core/raster/raster.ts';

/** A part of a surface, and where it is seen. */
export interface Piece<S> {
  readonly surface: S;
  readonly from: Rect; // px of the surface
  readonly to: Rect; // document px
}

export interface Built {
  readonly improved: readonly Rect[]; // document px that look better than before
  readonly complete: boolean; // else coarser pieces stand in for some, and another frame is due
}

export interface PyramidOptions {
  readonly surfaces: number; // kept at most, besides those that are seen
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
    const stale: Place[] = [];
    for (const place of this.placesFor(visible, scale)) {
      const node = this.nodes.obtain(place);
      node.seen = this.frame;
      if (node.dirty) stale.push(place);
    }
    const distance = fromCentre(visible);
    // What was touched a moment ago is under the pointer, and costs little.
    const touched = (place: Place): number => (this.nodes.find(place)?.surface ? 0 : 1);
    stale.sort((a, b) => touched(a) - touched(b) || distance(a) - distance(b));
    const improved = refreshAll(shift, stale);
    this.nodes.trim(this.options.surfaces, this.frame);
    return { improved, complete: improved.length === stale.length };
  }

  /** What to draw for `visible` (document px) at `scale`, as far as it is built. */
  pieces(visible: Rect, scale: number): Piece<S>[] {
    return this.placesFor(visible, scale).flatMap((place) => this.pieceFor(place) ?? []);
  }

  private placesFor(visible: Rect, scale: number): Place[] {
    if (!this.raster) return [];
    const level = levelFor(scale);
    return placesTouching(intersectRects(wholePixels(visible, level), this.raster.rect), level);
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

  private pieceFor(place: Place): Piece<S> | null {
    // The whole place, however little of it is seen: it is rounded to device px alike in every frame.
    const part = intersectRects(this.raster!.rect, placeRect(place));
    const node = this.nodes.obtain(place);
    if (!node.dirty || node.surface) return this.pieceOf(place, node.surface, part);
    for (let up = 1; place.level + up <= TOP_LEVEL; up++) {
      const coarser = ancestor(place, up);
      const node = this.nodes.find(coarser);
      if (!node?.surface) continue;
      node.seen = this.frame;
      return this.pieceOf(coarser, node.surface, part);
    }
    const top = ancestor(place, TOP_LEVEL - place.level);
    return this.pieceOf(top, this.sketch(top), part);
  }

  private pieceOf(place: Place, surface: S | null, part: Rect): Piece<S> | null {
    return surface === null ? null : { surface, from: pixelsIn(place, part), to: part };
  }

  /** A place of the top level from a few samples of each tile; it stays dirty, so that it is built when there is time. */
  private sketch(top: Place): S | null {
    const node = this.nodes.obtain(top);
    node.seen = this.frame;
    if (!node.dirty) return node.surface;
    const tiles: RoughTile[] = [];
    const side = TILE / 2 ** TOP_LEVEL;
    for (const { column, row } of placesTouching(placeRect(top), 0)) {
      const tile = this.raster!.tiles.get(tileKey(column, row));
      const { x, y } = pixelsIn(top, { x: column * TILE, y: row * TILE, width: TILE, height: TILE });
      if (tile) tiles.push({ tile, x, y, side });
    }
    if (tiles.length === 0) return null;
    node.surface = this.painter.create();
    node.dirty = placeRect(top);
    this.painter.rough(node.surface, tiles);
    return node.surface;
  }
}

/** Makes places show the raster as it is until time is up; gives what changed of each that is done, document px. */
function refreshAll<S>(shift: Shift<S>, places: readonly Place[]): Rect[] {
  const improved: Rect[] = [];
  for (const place of places) {
    const { dirty } = shift.nodes.obtain(place);
    if (!refresh(shift, place)) break;
    improved.push(dirty!);
  }
  return improved;
}

function fromCentre(area: Rect): (place: Place) => number {
  const x = area.x + area.width / 2;
  const y = area.y + area.height / 2;
  return (place) => {
    const own = placeRect(place);
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

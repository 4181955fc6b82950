import type { Rect } from '../../../core/base/geometry.ts';
import { intersectRects, isEmptyRect } from '../../../core/base/geometry.ts';
import type { Raster } from '../../../core/raster/raster.ts';
import { tileKey } from '../../../core/raster/tileKey.ts';
import { children, pixelsIn, placeRect, wholePixels, type Place, type Quadrant } from './lattice.ts';
import type { Node, Nodes } from './nodes.ts';
import type { Painter, TilePart } from './painter.ts';

/** One frame's work on a pyramid. */
export interface Shift<S> {
  readonly raster: Raster;
  readonly nodes: Nodes<S>;
  readonly painter: Painter<S>;
  readonly frame: number;
  /** Asked before each piece of work; the first is always done, so that every frame gets on. */
  timeIsUp(): boolean;
}

/** Makes a place show the raster as it is; false if time was up before. What was done by then stays done. */
export function refresh<S>(shift: Shift<S>, place: Place): boolean {
  const node = shift.nodes.obtain(place);
  node.seen = shift.frame;
  if (!node.dirty) return true;
  const part = intersectRects(wholePixels(node.dirty, place.level), placeRect(place));
  if (place.level < 2) {
    if (shift.timeIsUp()) return false;
    if (place.level === 0) paintTile(shift, place, node, part);
    else paintTiles(shift, place, node, part);
  } else {
    for (const child of children(place)) {
      if (touches(part, child) && !refresh(shift, child)) return false;
    }
    shrinkChildren(shift, place, node, part);
  }
  node.dirty = null;
  return true;
}

function paintTile<S>({ raster, painter }: Shift<S>, place: Place, node: Node<S>, part: Rect): void {
  const tile = tilePart(raster, place, part);
  if (tile) painter.paint((node.surface ??= painter.create()), tile);
  else node.surface = null;
}

/** Level 1 comes from the tiles themselves: a picture seen from afar needs no surface for each of them. */
function paintTiles<S>({ raster, painter }: Shift<S>, place: Place, node: Node<S>, part: Rect): void {
  let filled = false;
  for (const [index, child] of children(place).entries()) {
    const tile = tilePart(raster, child, part);
    filled ||= tile !== null;
    if (!touches(part, child)) continue;
    if (tile) painter.paintHalf((node.surface ??= painter.create()), tile, index as Quadrant);
    else if (node.surface)
      painter.clear(node.surface, pixelsIn(place, intersectRects(part, placeRect(child))));
  }
  if (!filled) node.surface = null;
}

function shrinkChildren<S>({ nodes, painter }: Shift<S>, place: Place, node: Node<S>, part: Rect): void {
  let filled = false;
  for (const [index, child] of children(place).entries()) {
    const finer = nodes.find(child);
    // A child that nobody looked at may hold something.
    filled ||= finer?.surface !== null;
    if (!touches(part, child)) continue;
    const shared = intersectRects(part, placeRect(child));
    if (finer?.surface) {
      painter.shrink(
        (node.surface ??= painter.create()),
        finer.surface,
        index as Quadrant,
        pixelsIn(child, shared),
      );
    } else if (node.surface) painter.clear(node.surface, pixelsIn(place, shared));
  }
  if (!filled) node.surface = null;
}

function tilePart(raster: Raster, place: Place, part: Rect): TilePart | null {
  const tile = raster.tiles.get(tileKey(place.column, place.row));
  if (!tile) return null;
  const own = placeRect(place);
  return {
    tile,
    part: pixelsIn(place, intersectRects(part, own)),
    inside: pixelsIn(place, intersectRects(raster.rect, own)),
  };
}

function touches(rect: Rect, place: Place): boolean {
  return !isEmptyRect(intersectRects(rect, placeRect(place)));
}

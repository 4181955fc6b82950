import type { Rect } from '../../../core/base/geometry.ts';
import { intersectRects, isEmptyRect } from '../../../core/base/geometry.ts';
import type { Raster } from '../../../core/raster/raster.ts';
import { tileKey } from '../../../core/raster/tileKey.ts';
import { children, pixelsIn, squareRect, wholePixels, type Square, type Quadrant } from './lattice.ts';
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

/** Makes a square show the raster as it is; false if time was up before. What was done by then stays done. */
export function refresh<S>(shift: Shift<S>, square: Square): boolean {
  const node = shift.nodes.obtain(square);
  node.seen = shift.frame;
  if (!node.dirty) return true;
  const part = intersectRects(wholePixels(node.dirty, square.level), squareRect(square));
  if (square.level < 2) {
    if (shift.timeIsUp()) return false;
    if (square.level === 0) paintTile(shift, square, node, part);
    else paintTiles(shift, square, node, part);
  } else {
    for (const child of children(square)) {
      if (touches(part, child) && !refresh(shift, child)) return false;
    }
    shrinkChildren(shift, square, node, part);
  }
  node.dirty = null;
  return true;
}

function paintTile<S>({ raster, painter }: Shift<S>, square: Square, node: Node<S>, part: Rect): void {
  const tile = tilePart(raster, square, part);
  if (tile) painter.paint((node.surface ??= painter.create()), tile);
  else node.surface = null;
}

/** Level 1 comes from the tiles themselves: a picture seen from afar needs no surface for each of them. */
function paintTiles<S>({ raster, painter }: Shift<S>, square: Square, node: Node<S>, part: Rect): void {
  let filled = false;
  for (const [index, child] of children(square).entries()) {
    const tile = tilePart(raster, child, part);
    filled ||= tile !== null;
    if (!touches(part, child)) continue;
    if (tile) painter.paintHalf((node.surface ??= painter.create()), tile, index as Quadrant);
    else if (node.surface)
      painter.clear(node.surface, pixelsIn(square, intersectRects(part, squareRect(child))));
  }
  if (!filled) node.surface = null;
}

function shrinkChildren<S>({ nodes, painter }: Shift<S>, square: Square, node: Node<S>, part: Rect): void {
  let filled = false;
  for (const [index, child] of children(square).entries()) {
    const finer = nodes.find(child);
    // A child that was not looked into may hold something.
    filled ||= finer?.surface !== null;
    if (!touches(part, child)) continue;
    const shared = intersectRects(part, squareRect(child));
    if (finer?.surface) {
      painter.shrink(
        (node.surface ??= painter.create()),
        finer.surface,
        index as Quadrant,
        pixelsIn(child, shared),
      );
    } else if (node.surface) painter.clear(node.surface, pixelsIn(square, shared));
  }
  if (!filled) node.surface = null;
}

function tilePart(raster: Raster, square: Square, part: Rect): TilePart | null {
  const tile = raster.tiles.get(tileKey(square.column, square.row));
  if (!tile) return null;
  const own = squareRect(square);
  return {
    tile,
    part: pixelsIn(square, intersectRects(part, own)),
    inside: pixelsIn(square, intersectRects(raster.rect, own)),
  };
}

function touches(rect: Rect, square: Square): boolean {
  return !isEmptyRect(intersectRects(rect, squareRect(square)));
}

import type { TokenGrid } from '../tokens/grid.ts';
import type { Planes } from '../pixels/picture.ts';
import type { Rect } from '../base/geometry.ts';

/** Black planes. */
export function emptyPlanes(width: number, height: number): Planes {
  return { width, height, data: new Float32Array(3 * width * height) };
}

/** The part of a grid in `rect`, which lies inside it. */
export function cutGrid(grid: TokenGrid, rect: Rect): TokenGrid {
  const ids = new Int32Array(rect.width * rect.height);
  for (let y = 0; y < rect.height; y++) {
    const from = (rect.y + y) * grid.width + rect.x;
    ids.set(grid.ids.subarray(from, from + rect.width), y * rect.width);
  }
  return { width: rect.width, height: rect.height, ids };
}

/** The part of planes in `rect`, which lies inside them. */
export function cutPlanes(planes: Planes, rect: Rect): Planes {
  const part = emptyPlanes(rect.width, rect.height);
  const { x, y } = rect;
  copyPlanes(planes, { x: -x, y: -y, width: planes.width, height: planes.height }, part, {
    ...rect,
    x: 0,
    y: 0,
  });
  return part;
}

/** Copies the cells of `keep` from a tile that lies at `tile` to a whole of `width` columns. */
export function copyCells<T extends Int32Array | Float32Array>(
  from: T,
  tile: Rect,
  to: T,
  width: number,
  keep: Rect,
): void {
  for (let y = keep.y; y < keep.y + keep.height; y++) {
    const start = (y - tile.y) * tile.width + keep.x - tile.x;
    to.set(from.subarray(start, start + keep.width), y * width + keep.x);
  }
}

/** Copies the pixels of `keep` from planes that lie at `tile` to a whole. */
export function copyPlanes(from: Planes, tile: Rect, to: Planes, keep: Rect): void {
  for (let c = 0; c < 3; c++) {
    const source = from.data.subarray(c * from.width * from.height, (c + 1) * from.width * from.height);
    const target = to.data.subarray(c * to.width * to.height, (c + 1) * to.width * to.height);
    copyCells(source, tile, target, to.width, keep);
  }
}

/** A rectangle in tokens as one in model px. */
export function timesRect(rect: Rect, factor: number): Rect {
  const { x, y, width, height } = rect;
  return { x: x * factor, y: y * factor, width: width * factor, height: height * factor };
}

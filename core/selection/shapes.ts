import type { Point, Rect } from '../base/geometry.ts';
import { intersectRects } from '../base/geometry.ts';
import type { Coverage } from '../pixels/picture.ts';
import { scanEdges } from './edges.ts';
import { LINES, scanShape } from './spans.ts';

/** A rectangle, also of broken numbers; what lies outside `within` (whole numbers) is left out, as in all shapes. */
export function rectangle(rect: Rect, within: Rect): Coverage {
  const area = pixelsOf(rect, within);
  const columns = overlaps(rect.x, rect.width, area.x, area.width);
  const rows = overlaps(rect.y, rect.height, area.y, area.height);
  const data = new Uint8Array(area.width * area.height);
  for (let y = 0, i = 0; y < area.height; y++) {
    const row = 255 * rows[y]!;
    for (let x = 0; x < area.width; x++, i++) data[i] = row * columns[x]! + 0.5;
  }
  return { rect: area, data };
}

/** The ellipse that touches the sides of a rectangle. */
export function ellipse(rect: Rect, within: Rect): Coverage {
  const { x, y, width, height } = rect;
  return scanShape(pixelsOf(rect, within), (line, add) => {
    const t = (2 * ((line + 0.5) / LINES - y)) / height - 1; // -1 at the top, 1 at the bottom
    const reach = t > -1 && t < 1 ? (width / 2) * Math.sqrt(1 - t * t) : 0;
    add(x + width / 2 - reach, x + width / 2 + reach);
  });
}

/** A closed polygon; where its sides cross, everything counts that it goes around (fill rule "nonzero"). */
export function polygon(points: readonly Point[], within: Rect): Coverage {
  const area = pixelsOf(around(points), within);
  return scanShape(area, scanEdges(points, area.y * LINES));
}

/** The pixels that a rectangle touches, those in `within`. */
function pixelsOf({ x, y, width, height }: Rect, within: Rect): Rect {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const pixels = { x: left, y: top, width: Math.ceil(x + width) - left, height: Math.ceil(y + height) - top };
  return intersectRects(width > 0 && height > 0 ? pixels : { x: left, y: top, width: 0, height: 0 }, within);
}

/** How much of each of `count` pixels from `first` on an interval covers, 0 .. 1. */
function overlaps(start: number, length: number, first: number, count: number): Float64Array {
  return Float64Array.from(
    { length: count },
    (_, i) => Math.min(start + length, first + i + 1) - Math.max(start, first + i),
  );
}

function around(points: readonly Point[]): Rect {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const { x, y } of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return points.length < 3
    ? { x: 0, y: 0, width: 0, height: 0 }
    : { x: left, y: top, width: right - left, height: bottom - top };
}

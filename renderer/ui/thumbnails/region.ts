import type { Rect } from '../../../core/base/geometry.ts';

const SURROUNDINGS = 0.35; // of the shown thing's longer side, on each side of it
const LEAST = 96; // document px, so that a dot is not shown as a wall

/** What a thumbnail of this shape shows of a canvas, so that `rect` and some of what is around it are in it. */
export function regionAround(rect: Rect, canvas: Rect, aspect: number): Rect {
  const side = Math.max(rect.width, rect.height);
  const wanted = {
    width: Math.max(rect.width + 2 * side * SURROUNDINGS, LEAST),
    height: Math.max(rect.height + 2 * side * SURROUNDINGS, LEAST),
  };
  const width = Math.min(
    Math.max(wanted.width, wanted.height * aspect),
    canvas.width,
    canvas.height * aspect,
  );
  const height = width / aspect;
  return {
    x: clamp(rect.x + (rect.width - width) / 2, canvas.x, canvas.x + canvas.width - width),
    y: clamp(rect.y + (rect.height - height) / 2, canvas.y, canvas.y + canvas.height - height),
    width,
    height,
  };
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}

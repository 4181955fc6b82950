/** Whether a rectangle has no pixels. */
export function isEmptyRect(rect: Rect): boolean {
  return rect.width <= 0 || rect.height <= 0;
}

/** What two rectangles share; of size 0 where they do not meet. */
export function intersectRects(a: Rect, b: Rect): Rect {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const width = Math.max(0, Math.min(a.x + a.width, b.x + b.width) - x);
  const height = Math.max(0, Math.min(a.y + a.height, b.y + b.height) - y);
  return { x, y, width, height };
}

/** The smallest rectangle around both. */
export function uniteRects(a: Rect, b: Rect): Rect {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  const width = Math.max(a.x + a.width, b.x + b.width) - x;
  const height = Math.max(a.y + a.height, b.y + b.height) - y;
  return { x, y, width, height };
}

/** A rectangle with `dx` more on its left and right, and `dy` (`dx` if left out) more above and below. */
export function growRect(rect: Rect, dx: number, dy = dx): Rect {
  return { x: rect.x - dx, y: rect.y - dy, width: rect.width + 2 * dx, height: rect.height + 2 * dy };
}

/** A rectangle with a margin of its own on each side. */
export function extendRect({ x, y, width, height }: Rect, { left, top, right, bottom }: Margins): Rect {
  return { x: x - left, y: y - top, width: width + left + right, height: height + top + bottom };
}

/** Whether `inner` lies wholly in `outer`. */
export function containsRect(outer: Rect, inner: Rect): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

/** Whether two rectangles are the same place. */
export function sameRect(a: Rect, b: Rect): boolean {
  return a === b || (a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height);
}

/** Whether a point lies in a rectangle; its left and upper edges belong to it. */
export function containsPoint({ x, y, width, height }: Rect, point: Point): boolean {
  return point.x >= x && point.y >= y && point.x < x + width && point.y < y + height;
}

/** A rectangle moved by (dx, dy). */
export function moveRect(rect: Rect, dx: number, dy: number): Rect {
  return { x: rect.x + dx, y: rect.y + dy, width: rect.width, height: rect.height };
}

/** The rectangle of a whole picture or mask: where it lies, from (0, 0) if it does not say. */
export function fullRect({ x = 0, y = 0, width, height }: Size & Partial<Point>): Rect {
  return { x, y, width, height };
}

/** A rectangle; the coordinate space is the caller's (usually picture px). May reach outside the picture. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Size in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A place on the document, px; pixel (0, 0) reaches from 0 to 1. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How many picture px a canvas grows on each side. */
export interface Margins {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

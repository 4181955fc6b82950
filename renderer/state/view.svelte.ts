import type { Rect } from '../../core/base/geometry.ts';
import { containsRect, sameRect } from '../../core/base/geometry.ts';

export const LEAST_ZOOM = 0.05;
export const MOST_ZOOM = 64;
const FIT_MARGIN = 48; // screen px around a picture that fills the window

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Which part of a document is seen, and how large. Screen px are CSS px, from the canvas's top left corner. */
export class View {
  zoom = $state(1); // screen px per document px
  centre = $state.raw<Point>({ x: 0, y: 0 }); // document px in the middle of the screen
  size = $state.raw({ width: 1, height: 1 }); // screen px
  /** What fills the view, and still does when its size changes; null once it was panned or zoomed. */
  private fitted: Rect | null = null;

  toDocument(screen: Point): Point {
    return {
      x: this.centre.x + (screen.x - this.size.width / 2) / this.zoom,
      y: this.centre.y + (screen.y - this.size.height / 2) / this.zoom,
    };
  }

  toScreen(point: Point): Point {
    return {
      x: (point.x - this.centre.x) * this.zoom + this.size.width / 2,
      y: (point.y - this.centre.y) * this.zoom + this.size.height / 2,
    };
  }

  /** What is seen, document px, not rounded. */
  visible(): Rect {
    const { x, y } = this.toDocument({ x: 0, y: 0 });
    return { x, y, width: this.size.width / this.zoom, height: this.size.height / this.zoom };
  }

  panBy(screen: Point): void {
    const { x, y } = this.centre;
    this.fitted = null;
    this.centre = { x: x - screen.x / this.zoom, y: y - screen.y / this.zoom };
  }

  /** Zooms so that the document stays where it is under `screen`; the middle of the screen if left out. */
  zoomTo(zoom: number, screen: Point = { x: this.size.width / 2, y: this.size.height / 2 }): void {
    const fixed = this.toDocument(screen);
    this.fitted = null;
    this.zoom = Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, zoom));
    const moved = this.toDocument(screen);
    this.centre = { x: this.centre.x + fixed.x - moved.x, y: this.centre.y + fixed.y - moved.y };
  }

  /** Shows all of a rectangle as large as it can be, also when the size changes later on. */
  fit(rect: Rect): void {
    const across = (this.size.width - 2 * FIT_MARGIN) / rect.width;
    const down = (this.size.height - 2 * FIT_MARGIN) / rect.height;
    this.zoom = Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, Math.min(across, down)));
    this.centre = { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 };
    this.fitted = rect;
  }

  /** Fits another rectangle if the one before it fills the view: a canvas that was cropped or extended. */
  refit(before: Rect, after: Rect): void {
    if (this.fitted && sameRect(this.fitted, before)) this.fit(after);
  }

  /** Fits a rectangle if some of it cannot be seen. */
  reveal(rect: Rect): void {
    if (!containsRect(this.visible(), rect)) this.fit(rect);
  }

  /** Takes another size. What was fitted is fitted again; else what is seen stays, from the top left corner. */
  resize(size: { readonly width: number; readonly height: number }): void {
    const corner = this.toDocument({ x: 0, y: 0 });
    const first = this.size.width <= 1; // it had no size yet
    this.size = size;
    if (this.fitted) this.fit(this.fitted);
    else if (!first)
      this.centre = { x: corner.x + size.width / 2 / this.zoom, y: corner.y + size.height / 2 / this.zoom };
  }

  /** Pans no further than it must until a rectangle is seen; not along a side that is longer than what can be seen. */
  panInto(rect: Rect): void {
    const seen = this.visible();
    const shift = (start: number, length: number, from: number, room: number): number =>
      length > room ? 0 : Math.min(0, start - from) + Math.max(0, start + length - from - room);
    const x = shift(rect.x, rect.width, seen.x, seen.width);
    const y = shift(rect.y, rect.height, seen.y, seen.height);
    if (x === 0 && y === 0) return;
    this.fitted = null;
    this.centre = { x: this.centre.x + x, y: this.centre.y + y };
  }
}

import type { Rect } from '../../core/base/geometry.ts';
import { growRect, intersectRects, isEmptyRect, uniteRects } from '../../core/base/geometry.ts';
import { toDevice, wholeDevice, type Device } from './device.ts';

const MANY = 24; // parts; more are drawn as one

/** Which parts of a bitmap must be drawn anew. */
export class Damage {
  private parts: Rect[] | 'all' = []; // document px

  /** A rectangle of the document (document px), or all that is seen. */
  add(rect: Rect | 'all'): void {
    if (rect === 'all' || this.parts === 'all') this.parts = 'all';
    else
      this.parts = this.parts.length < MANY ? join(this.parts, rect) : [this.parts.reduce(uniteRects, rect)];
  }

  /** Gives the damage in device px and forgets it. */
  take(device: Device): Rect[] {
    const { parts } = this;
    this.parts = [];
    const whole = wholeDevice(device);
    if (parts === 'all') return [whole];
    // Smoothing reaches into the neighbouring pixels, of the level that is drawn.
    const reach = 2 * Math.max(1, 1 / device.scale);
    return parts
      .map((part) => intersectRects(growRect(toDevice(device, growRect(part, reach)), 1), whole))
      .filter((part) => !isEmptyRect(part));
  }
}

/** Parts that are drawn together at no greater cost become one. */
function join(parts: readonly Rect[], rect: Rect): Rect[] {
  const at = parts.findIndex((part) => areaOf(uniteRects(part, rect)) <= areaOf(part) + areaOf(rect));
  if (at < 0) return [...parts, rect];
  return join(parts.toSpliced(at, 1), uniteRects(parts[at]!, rect));
}

function areaOf({ width, height }: Rect): number {
  return width * height;
}

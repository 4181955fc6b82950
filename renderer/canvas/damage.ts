import type { Rect } from '../../core/pixels/picture.ts';
import { growRect, intersectRects, isEmptyRect, uniteRects } from '../../core/pixels/rect.ts';
import { toDevice, wholeDevice, type Device } from './device.ts';

/** Which part of a layer must be drawn anew. */
export class Damage {
  private rect: Rect | 'all' | null = null; // document px

  /** A rectangle of the document (document px), or all that is seen. */
  add(rect: Rect | 'all'): void {
    if (rect === 'all' || this.rect === 'all') this.rect = 'all';
    else this.rect = this.rect ? uniteRects(this.rect, rect) : rect;
  }

  /** Gives the damage in device px and forgets it; null if nothing that is seen was damaged. */
  take(device: Device): Rect | null {
    const { rect } = this;
    this.rect = null;
    if (rect === null) return null;
    if (rect === 'all') return wholeDevice(device);
    // Smoothing reaches into the neighbouring pixels, of the level that is drawn.
    const reach = growRect(rect, 2 * Math.max(1, 1 / device.scale));
    const seen = intersectRects(growRect(toDevice(device, reach), 1), wholeDevice(device));
    return isEmptyRect(seen) ? null : seen;
  }
}

import type { Rect } from '../../base/geometry.ts';
import type { Raster } from '../../raster/raster.ts';

/** A way to draw a raster anew with its pixels elsewhere: turned, resized, or rotated. */
export interface Remaking {
  readonly rect: Rect; // of what it makes, document px
  /** The part of the old canvas that a part of the new one is drawn from. */
  sourceOf(part: Rect): Rect;
  /** The pixels of a part, [height, width, channels]. */
  draw(from: Raster, part: Rect): Uint8Array;
  /** How much of each pixel of a part the old canvas covers, [height, width]; null where it covers all. */
  coverage(part: Rect): Uint8Array | null;
}

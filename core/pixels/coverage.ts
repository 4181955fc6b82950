import type { Rect } from '../base/geometry.ts';

/** How much of each pixel of a rectangle is meant, 0 to 255; outside it, nothing is. */
export interface Coverage {
  readonly rect: Rect; // document px, whole numbers
  readonly data: Uint8Array; // [height, width]
}

import type { Point } from '../../base/geometry.ts';

/**
 * A selection, or a part of one: how much of each pixel is selected, 0 (not at all) to 255 (wholly). `x` and `y` as of a
 * Picture.
 */
export interface Mask extends Partial<Readonly<Point>> {
  readonly width: number; // px
  readonly height: number; // px
  readonly data: Uint8Array; // [height * width]
}

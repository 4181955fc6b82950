import type { Point, Rect } from '../base/geometry.ts';

/**
 * A picture, or a part of one: 8 bit sRGB, straight alpha, row-major RGBA. A part says by `x` and `y` where it lies (px of
 * the whole; 0 if left out), so that rectangles need no conversion between the whole and its parts.
 */
export interface Picture extends Partial<Readonly<Point>> {
  readonly width: number; // px
  readonly height: number; // px
  readonly data: Uint8Array; // [height * width * 4]
}

/** What models eat and give: planar RGB in [0, 1] (decoders may overshoot a little). */
export interface Planes {
  readonly width: number; // px
  readonly height: number; // px
  readonly data: Float32Array; // [3, height, width]
}

/** New pixels for a part of a picture. */
export interface PixelPatch {
  readonly rect: Rect; // picture px, inside the picture
  readonly data: Uint8Array; // [height, width, 4], RGBA
}

/** How much of each pixel of a rectangle is meant, 0 to 255; outside it, nothing is. */
export interface Coverage {
  readonly rect: Rect; // document px, whole numbers
  readonly data: Uint8Array; // [height, width]
}

/** A picture or a part of one: 8 bit sRGB, straight alpha, row-major RGBA. */
export interface Picture {
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

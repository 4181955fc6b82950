/** A selection: how much of each pixel is selected, 0 (not at all) to 255 (wholly). */
export interface Mask {
  readonly width: number; // px
  readonly height: number; // px
  readonly data: Uint8Array; // [height * width]
}

/** Marks a missing token. Denoiser packages have their own id for it; only the runtime translates. */
export const MASK = -1;

/** The tokens of a frame, row-major; each id is a codebook entry or {@link MASK}. */
export interface TokenGrid {
  readonly width: number; // tokens
  readonly height: number; // tokens
  readonly ids: Int32Array; // [height * width]
}

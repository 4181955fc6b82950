/** The largest canvas: about what picture files can hold, see electron/io/codec/limits.ts. */
export const MAX_CANVAS_SIDE = 30_000; // px
export const MAX_CANVAS_PIXELS = 200_000_000; // px

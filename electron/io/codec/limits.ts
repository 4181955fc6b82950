// Width and height are limited by core/base/limits.ts.

/** Largest picture file we read. It lies beside the decoder in its 2 GB address space. */
export const MAX_FILE_BYTES = 1_073_741_824; // 1 GiB

/** Most memory that a file and its decoder may need. The codec has 2 GB in all, and out of memory it aborts. */
export const MAX_DECODER_BYTES = 1_300_000_000;

/** Deflate cannot shrink data further than this: a smaller PNG does not hold the picture that its header claims. */
export const MAX_DEFLATE_RATIO = 1032;

/** Pixels per byte that no JPEG reaches: an 8 x 8 block takes a bit, or an eighth of one by arithmetic coding. */
export const MAX_JPEG_RATIO = 4096;

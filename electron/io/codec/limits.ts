// Width and height are limited by core/base/limits.ts.

/** Largest picture file we read. It lies beside the decoder in its 2 GB address space. */
export const MAX_FILE_BYTES = 1_073_741_824; // 1 GiB

/** Most memory that a file and its decoder may need. The codec has 2 GB in all, and out of memory it aborts. */
export const MAX_DECODER_BYTES = 1_300_000_000;

/** Deflate cannot shrink data further than this: a smaller PNG does not hold the picture that its header claims. */
export const MAX_DEFLATE_RATIO = 1032;

/** Pixels per byte that no JPEG reaches: an 8 x 8 block takes a bit, or an eighth of one by arithmetic coding. */
export const MAX_JPEG_RATIO = 4096;

/** Most pixels times passes of a JPEG: the largest picture with 15 passes; usual ones have 1 or 10. */
export const MAX_SCANNED = 3_000_000_000;

/** What a decoder may set aside on the word of a header alone. */
export const MAX_CLAIMED_BYTES = 2 ** 29;

/** Bytes of decoder memory per byte of a file, which only files of one flat colour, or of none, go beyond. */
export const MAX_CLAIM_RATIO = 20_000;

/**
 * How the weights of a published model are kept in a package: as they are, as float16 in half the space, or so that the
 * denoiser's products are also computed with 8-bit integers.
 */
export const PRECISIONS = ['full', 'half', 'int8'] as const;

export type Precision = (typeof PRECISIONS)[number];

/** How much a class counts beyond what it makes likely; what the authors of Halton-MaskGIT use for their base model. */
export const USUAL_GUIDANCE = 0.7;

// Limits that more than one room holds to.

/**
 * The largest canvas, and the largest picture that is opened or written. Wider pictures are scans or bombs. The largest phone
 * sensors have 200 MP, which is 800 MB of RGBA.
 */
export const MAX_CANVAS_SIDE = 30_000; // px
export const MAX_CANVAS_PIXELS = 200_000_000; // px

/** The largest grid: that of a token file, a project or a frame. */
export const MAX_GRID_SIDE = 4096; // tokens

/** The largest code, and the largest number of anything that is counted in files. */
export const MAX_ID = 2 ** 31 - 1;

export const MAX_SEED = 2 ** 32 - 1;

/** How many candidates the window and the command line let a person ask for. */
export const MAX_CANDIDATES = 8;

/** The place of the last candidate of a seed, from 1. */
export const LIMIT_OF_CANDIDATES = 1000;

/** Of a server that runs models, characters: with the id of a package it is still a name that the engine takes. */
export const MAX_ADDRESS = 1000;
/** Of a bearer token, characters: what servers take in a header. */
export const MAX_TOKEN = 8192;

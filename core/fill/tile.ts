/** Tokens per side that are encoded or decoded at once: more costs memory and gains no time. */
export const TILE = 64;

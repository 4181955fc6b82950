import type { TokenGrid } from './grid.ts';

/** A piece of tokens to be put elsewhere. Cells that were not taken are MASK, and stay as they are where it is put. */
export interface TokenStamp {
  readonly package: { readonly id: string; readonly sha256: string }; // whose codebook the ids belong to
  readonly grid: TokenGrid;
}

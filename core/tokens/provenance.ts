/** How a token came to be where it is. Plain JSON. */
export type Provenance =
  | { readonly kind: 'missing' } // there is none
  | { readonly kind: 'encoded' } // by the tokenizer, from the picture
  | { readonly kind: 'painted' } // chosen by hand
  | { readonly kind: 'pinned' } // kept by a fill although it lay in the hole
  | {
      readonly kind: 'filled';
      readonly step: number; // of the fill, from 1; the last one that revealed it
      readonly probability: number; // under the model, then
    };

// Grids have thousands of cells, and most came about in the same way: one object for all of them.
export const MISSING: Provenance = Object.freeze({ kind: 'missing' });
export const ENCODED: Provenance = Object.freeze({ kind: 'encoded' });
export const PAINTED: Provenance = Object.freeze({ kind: 'painted' });
export const PINNED: Provenance = Object.freeze({ kind: 'pinned' });

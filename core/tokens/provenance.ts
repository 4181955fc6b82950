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

/** Provenances as projects keep them, hundreds of times shorter: cells that came about in the same way follow one another. Plain JSON. */
export interface ProvenanceRuns {
  readonly runs: readonly (readonly [kind: Provenance['kind'], count: number])[]; // cell by cell
  readonly steps: readonly number[]; // of the filled cells, in their order
  readonly probabilities: readonly number[];
}

const BY_KIND = { missing: MISSING, encoded: ENCODED, painted: PAINTED, pinned: PINNED } as const;

export function toRuns(provenance: readonly Provenance[]): ProvenanceRuns {
  const runs: [Provenance['kind'], number][] = [];
  const steps: number[] = [];
  const probabilities: number[] = [];
  for (const how of provenance) {
    const last = runs.at(-1);
    if (last?.[0] === how.kind) last[1]++;
    else runs.push([how.kind, 1]);
    if (how.kind !== 'filled') continue;
    steps.push(how.step);
    probabilities.push(how.probability);
  }
  return { runs, steps, probabilities };
}

/** The provenance of each cell; null if the runs are not those of so many cells, or do not fit their steps. */
export function fromRuns({ runs, steps, probabilities }: ProvenanceRuns, cells: number): Provenance[] | null {
  const total = runs.reduce((sum, [, count]) => sum + count, 0);
  const filled = runs.reduce((sum, [kind, count]) => sum + (kind === 'filled' ? count : 0), 0);
  if (total !== cells || steps.length !== filled || probabilities.length !== filled) return null;
  const provenance: Provenance[] = [];
  let at = 0;
  for (const [kind, count] of runs) {
    for (let i = 0; i < count; i++) {
      if (kind !== 'filled') provenance.push(BY_KIND[kind]);
      else provenance.push({ kind, step: steps[at]!, probability: probabilities[at++]! });
    }
  }
  return provenance;
}

/** The same provenances, each that has no figures of its own as the one object for all. */
export function shared(provenance: readonly Provenance[]): Provenance[] {
  return provenance.map((how) => (how.kind === 'filled' ? how : BY_KIND[how.kind]));
}

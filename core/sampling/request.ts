/** In which order missing tokens are revealed. See ../shared formulas in README of this folder. */
export type Order = 'random' | 'confidence' | 'purity' | 'halton' | 'raster';

/** How many tokens are revealed after each share of the steps: the mask ratio as a function of progress. */
export type Schedule = 'cosine' | 'linear' | 'arccos' | 'square';

/** Which codes may be drawn. Each filter that is given applies, in the order of the fields. */
export interface TokenFilters {
  readonly topK?: number; // keep the k most likely
  readonly topP?: number; // nucleus: the fewest whose mass reaches p
  readonly truncation?: number; // Improved VQ-Diffusion: those whose cumulative mass before them is below r
}

/** Whether revealed tokens of the hole may be masked again (ReMDM, arXiv 2503.00307). */
export type Remasking =
  | { readonly kind: 'none' }
  | { readonly kind: 'cap'; readonly eta: number }
  | { readonly kind: 'rescale'; readonly eta: number }
  | { readonly kind: 'conf'; readonly eta: number }
  | { readonly kind: 'loop'; readonly eta: number; readonly from: number; readonly to: number };

/** Everything that affects the tokens of a fill, and nothing else. Plain JSON. */
export interface FillRequest {
  readonly package: { readonly id: string; readonly sha256: string };
  readonly grid: { readonly width: number; readonly height: number; readonly ids: readonly number[] };
  readonly hole: readonly number[]; // flat cell indices
  readonly pins: readonly number[]; // flat cell indices inside the hole that stay as `grid` has them
  readonly seed: number; // 0 .. 2^32 - 1
  readonly order: Order;
  readonly schedule: Schedule;
  readonly steps: number;
  readonly temperature: number;
  readonly gumbel: number; // tau: annealed Gumbel noise of the confidence order
  readonly filters: TokenFilters;
  readonly remasking: Remasking;
  readonly candidates: number;
}

/** What one step of a fill did. The arrays are the step's own; later steps do not change them. */
export interface FillStep {
  readonly step: number; // 1 .. steps
  readonly steps: number;
  readonly candidates: readonly CandidateStep[];
}

/** One candidate after a step. */
export interface CandidateStep {
  readonly ids: Int32Array; // [height * width], MASK where still missing
  readonly changed: Int32Array; // cells revealed or masked again in this step
  readonly probabilities: Float32Array; // of the ids at `changed`, under the model; NaN where masked again
  readonly missing: number; // tokens still to come
}

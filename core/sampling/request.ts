import type { FillStart } from '../tokens/fillStart.ts';
import type { RngState } from '../base/rng.ts';
import type { Order, Schedule } from '../base/sampling.ts';

export { type Order, ORDERS, type Schedule, SCHEDULES } from '../base/sampling.ts';

/** Which codes may be drawn. Every filter that is given applies; filters.ts says to which distribution. */
export interface TokenFilters {
  readonly topK?: number; // keep the k most likely
  readonly topP?: number; // nucleus: the fewest whose tempered mass reaches p
  readonly truncation?: number; // VQ-Diffusion: those before which less than r of the model's own mass lies
}

/** What a fill is to show, in words; a model that knows kinds of pictures takes their names. */
export interface Prompt {
  readonly text: string; // '' for nothing
  readonly negative: string; // what it is to keep away from; '' for nothing
  /** How far the prompt leads, in log probabilities: 1 as the model has it, 0 not at all; formula in guidance.ts. */
  readonly guidance: number;
}

/** Whether revealed tokens of the hole may be masked again (ReMDM, arXiv 2503.00307); formulas in remasking.ts. */
export type Remasking =
  | { readonly kind: 'none' }
  | { readonly kind: 'cap'; readonly eta: number }
  | { readonly kind: 'rescale'; readonly eta: number }
  | { readonly kind: 'conf'; readonly eta: number }
  | {
      readonly kind: 'loop';
      readonly eta: number;
      readonly from: number; // progress at which the loop begins
      readonly to: number; // and ends
      readonly alpha?: number; // the share of tokens that stays revealed meanwhile; 0.9 as in the paper if not given
    };

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
  readonly temperature: number; // 0 takes the likeliest code
  readonly gumbel: number; // tau: annealed Gumbel noise of the confidence order
  readonly filters: TokenFilters;
  readonly remasking: Remasking;
  /** r of purity sampling: the more certain a cell is, the more its likely codes count; formula in draw.ts. Left out, 0. */
  readonly sharpening?: number;
  readonly candidates: number;
  /** The place of the first of them among all of the seed, from 0; 0 if left out. */
  readonly first?: number;
  /** Left out, nothing leads the model. */
  readonly prompt?: Prompt;
  /**
   * How much of what `grid` has in the hole is noise when the fill begins: 1, or left out, all of it. Below that, tokens of the
   * hole are noised to that share of the process; an absorbing model loses that share of them, the least likely first.
   */
  readonly strength?: number; // above 0, at most 1
  /** What is planned in the hole, for each candidate; null for nothing. The first of several steps reveals it. */
  readonly planned?: readonly (PlannedTokens | null)[]; // [candidates]
  /** Where a branch goes on after some steps of an earlier fill; left out, the fill starts at its beginning. */
  readonly start?: FillStart;
}

/** Tokens that a coarse pass, or patches of the picture, suggest for a hole. */
export interface PlannedTokens {
  readonly ids: readonly number[]; // of each cell of the hole, in its order; MASK where none is suggested
  /** How many of the free cells are revealed so, evenly spread; the model draws the rest. At 1 they also stay. */
  readonly share: number; // above 0, at most 1
}

/** How a candidate came to be: what each step did, in order. */
export type FillTrace = readonly TraceStep[];

export interface TraceStep {
  readonly changed: Int32Array; // cells revealed or masked again in this step
  readonly ids: Int32Array; // their ids then, MASK where masked again
  readonly probabilities: Float32Array; // of those ids, under the model; NaN where masked again
  readonly rng: RngState; // after the step
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
  readonly probabilities: Float32Array; // of the ids at `changed`, under the model at temperature 1; NaN where masked again
  readonly missing: number; // tokens still to come
  readonly rng: RngState; // of its generator, after the step
}

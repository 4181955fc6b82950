import type { Rect } from '../base/geometry.ts';
import type { FramePlan } from '../frames/planFrames.ts';
import type { Mask } from '../pixels/masks/mask.ts';
import type { Picture, PixelPatch } from '../pixels/picture.ts';
import type { Preset } from '../sampling/presets.ts';
import type { FillRequest, FillTrace, Prompt } from '../sampling/request.ts';
import type { FillStart } from '../tokens/fillStart.ts';
import type { TokenGrid } from '../tokens/grid.ts';
import type { Score } from './score.ts';
import type { Provenance } from '../tokens/provenance.ts';

/**
 * A fill, with all that it needs to know of the document: window, command line and tests send this.
 * Everything is document px, here and in what comes of it.
 */
export interface FillParams {
  readonly package: string; // id
  readonly frames: readonly FrameToFill[]; // one for each plan, in the order that planFills gives
  readonly sampling: Preset;
  readonly seed: number; // 0 .. 2^32 - 1; frame i uses seed + i
  readonly candidates: number;
  /** The place of the first of them among all of the seed, from 0, so that one alone can be made again; 0 if left out. */
  readonly first?: number;
  readonly feather: number; // px, inwards from the selection's border
  readonly detail: number; // 0 .. 1: how much grain and fine texture comes from around the hole
  readonly texture: number; // 0 .. 1: how far patches of the picture draw what is planned; 0 is the model's fill
  /** What it is to show; left out, nothing leads the model. */
  readonly prompt?: Prompt;
  /**
   * Left out, what is selected is not looked at. Else it is encoded with all the rest and made noise to this share, above 0 and
   * at most 1, so that its tokens may change or stay: a repair. Only pixels of tokens that changed are drawn.
   */
  readonly strength?: number;
}

/** One frame to fill, and the part of the document that it can see. Frames far apart carry nothing of what is between. */
export interface FrameToFill {
  readonly plan: FramePlan;
  readonly region: Rect; // what regionFor (core/frames) gives: the frame with its surroundings, inside the canvas
  readonly picture: Uint8Array; // [height, width, 4] of the region
  readonly selection: Uint8Array; // [height, width] of the region
  /** Tokens of the frame that are known otherwise than from its pixels; left out, all of them are encoded. */
  readonly tokens?: KnownTokens;
  /** Where a branch of an earlier fill goes on; left out, the fill starts at its beginning. */
  readonly start?: FillStart;
}

/** The pixels of a frame's region, where they lie in the document. */
export function pixelsOf({ region, picture, selection }: FrameToFill): { picture: Picture; selection: Mask } {
  return { picture: { ...region, data: picture }, selection: { ...region, data: selection } };
}

/** What a person knows of the tokens of a frame. */
export interface KnownTokens {
  readonly cells: readonly number[]; // flat cell indices, each once
  readonly ids: readonly number[]; // the code of each
  readonly pins: readonly number[]; // those of `cells` that stay although they lie in the hole
}

export type FillProgress =
  | {
      readonly kind: 'step';
      readonly frame: number; // index into the frames
      readonly done: number; // steps, over all frames and their coarse passes
      readonly total: number;
      /** Of each candidate: the whole grid's ids, MASK where missing; none in a coarse pass. */
      readonly ids: readonly Int32Array[];
    }
  /**
   * What a candidate looks like by now in a frame; comes when it can be had without holding the fill up, and once for
   * each candidate when the frame is done.
   */
  | {
      readonly kind: 'preview';
      readonly frame: number;
      readonly candidate: number;
      readonly patch: PixelPatch;
    };

/** What came of a fill. */
export interface FillOutcome {
  readonly candidates: readonly FilledCandidate[];
  /** The candidates from the best, by their scores. */
  readonly ranking: readonly number[];
  readonly frames: readonly FilledFrame[]; // in the order of the params
  readonly package: { readonly id: string; readonly sha256: string };
  readonly selectedPixels: number;
  readonly timings: Readonly<Record<FillPhase, number>>; // ms of wall time
}

/**
 * Where the plan of a candidate comes from: the denoiser, after coarse passes where the hole is deep; patches of the picture
 * over all scales; or those, half of their tokens drawn again by the denoiser.
 */
export const PLAN_SOURCES = ['denoiser', 'patches', 'mended'] as const;
export type PlanSource = (typeof PLAN_SOURCES)[number];

/** The pixels of one result. */
export interface FilledCandidate {
  readonly patches: readonly PixelPatch[]; // one for each frame; they do not overlap
  /** How well it fits, mean over the frames; null where there is one alone. */
  readonly score: Score | null;
}

/** What was done on one frame: the hole, and each candidate's tokens. */
export interface FilledFrame {
  readonly hole: readonly number[];
  readonly request: FillRequest; // all that decided its tokens
  readonly known: Int32Array; // [height * width] the tokens as they were encoded, also in the hole
  readonly candidates: readonly {
    readonly grid: TokenGrid;
    readonly provenance: readonly Provenance[];
    readonly trace: FillTrace; // how it came to be, step by step
    readonly source: PlanSource; // where its plan came from
  }[];
}

/** Where the time of a fill goes. */
export const FILL_PHASES = [
  'encode',
  'steps',
  'decode',
  'composite',
  'synthesis',
  'ranking',
  'previews',
] as const;
export type FillPhase = (typeof FILL_PHASES)[number];

import type { Abort } from '../../core/abort.ts';
import type { Frame } from '../../core/frames/frame.ts';
import type { Mask } from '../../core/masks/mask.ts';
import type { PixelPatch } from '../../core/pixels/composite.ts';
import type { Picture } from '../../core/pixels/picture.ts';
import type { FillRequest, FillStep } from '../../core/sampling/request.ts';
import type { TokenGrid } from '../../core/tokens/grid.ts';

/** How the reverse diffusion runs: the part of a {@link FillRequest} that presets and Advanced set. */
export type SamplingOptions = Pick<
  FillRequest,
  'order' | 'schedule' | 'steps' | 'temperature' | 'gumbel' | 'filters' | 'remasking'
>;

/** One fill of a picture, as the command line and the window ask for it. */
export interface FillJob {
  readonly picture: Picture;
  readonly selection: Mask; // of the picture's size
  readonly sampling: SamplingOptions;
  readonly seed: number; // 0 .. 2^32 - 1
  readonly candidates: number; // 1 .. 8
  readonly scale?: number; // picture px per model px; chosen around the selection where absent
  readonly feather: number; // picture px, inwards from the selection's border
}

/** Where the time goes; milliseconds of wall time each. */
export interface FillTimings {
  plan: number; // frames around the selection
  encode: number;
  steps: number; // the reverse diffusion, predict included
  decode: number;
  composite: number;
}

/** What was done on one frame. */
export interface FrameFill {
  readonly frame: Frame;
  readonly request: FillRequest;
  readonly hole: number; // tokens refilled
  readonly grids: readonly TokenGrid[]; // one per candidate
}

/** One result of a fill, not yet accepted: what it would change in the picture. */
export interface Candidate {
  readonly patches: readonly PixelPatch[];
}

/** Everything that a fill yields. */
export interface FillResult {
  readonly frames: readonly FrameFill[];
  readonly candidates: readonly Candidate[];
  readonly selectedPixels: number;
  readonly timings: FillTimings;
}

/** Told while a fill runs. `done` and `total` count sampling steps over all frames. */
export interface FillProgress {
  readonly phase: keyof FillTimings;
  readonly done: number;
  readonly total: number;
}

/** How a caller follows and stops a job. An abort stops within one step, by a TesseraError 'aborted'. */
export interface JobControl {
  readonly signal?: Abort;
  readonly onProgress?: (progress: FillProgress) => void;
  readonly onStep?: (frame: Frame, step: FillStep) => void;
}

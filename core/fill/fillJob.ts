import type { Abort } from '../base/abort.ts';
import type { Frame } from '../frames/frame.ts';
import type { FramePlan } from '../frames/planFrames.ts';
import type { KnownTokens } from './params.ts';
import type { Mask } from '../pixels/masks/mask.ts';
import type { PixelPatch } from '../pixels/patch.ts';
import type { Picture } from '../pixels/picture.ts';
import type { Preset } from '../sampling/presets.ts';
import type { FillRequest, FillStep } from '../sampling/request.ts';
import type { FillStart } from '../tokens/fillStart.ts';
import type { FilledGrid } from '../sampling/runFill.ts';
import type { TokenGrid } from '../tokens/grid.ts';
import type { Clock } from './clock.ts';
import type { Previews } from './previews/previews.ts';

/** How a fill is made, wherever it is. */
export interface FillSettings {
  readonly sampling: Preset;
  readonly seed: number; // 0 .. 2^32 - 1; frame i uses seed + i
  readonly candidates: number;
  readonly feather: number; // picture px, inwards from the selection's border
  readonly detail: number; // 0 .. 1: how much grain and fine texture is borrowed from around the hole
}

/** One fill of a picture, as the command line asks for it. */
export interface FillJob extends FillSettings {
  readonly picture: Picture;
  readonly selection: Mask; // of the picture's size
  readonly scale?: number; // picture px per model px; chosen around the selection where absent
}

/** A frame, and the picture that it lies in: all of it, or the part that the frame can see. */
export interface FrameJob {
  readonly plan: FramePlan; // px of `picture`
  readonly picture: Picture;
  readonly selection: Mask; // of the picture's size
  readonly tokens?: KnownTokens;
  readonly start?: FillStart; // of a branch
}

/** Where the time goes. */
export const FILL_PHASES = ['plan', 'encode', 'steps', 'decode', 'composite'] as const;
export type FillPhase = (typeof FILL_PHASES)[number];
export type FillClock = Clock<FillPhase>;

/** What was done on one frame. */
export interface FrameFill {
  readonly frame: Frame;
  readonly request: FillRequest;
  readonly known: TokenGrid; // without the hole, which is encoded as if it continued what is around it
  readonly candidates: readonly FilledGrid[];
}

/** One result of a fill, not yet accepted: what it would change in the picture. Its patches do not overlap. */
export interface Candidate {
  readonly patches: readonly PixelPatch[];
}

/** What was filled on some frames. */
export interface FilledFrames {
  readonly frames: readonly FrameFill[];
  readonly candidates: readonly Candidate[]; // a patch for each frame, px of the frame's picture
}

/** Everything that a fill of a picture yields. */
export interface FillResult extends FilledFrames {
  readonly selectedPixels: number;
  readonly timings: Readonly<Record<FillPhase, number>>; // ms of wall time
}

/** Told after each sampling step. */
export interface FillProgress {
  readonly done: number; // steps, over all frames and their sketches
  readonly total: number;
}

/** How a caller follows and stops a job. An abort stops within one step, by a TesseraError 'aborted'. */
export interface JobControl {
  readonly signal?: Abort;
  readonly onProgress?: (progress: FillProgress) => void;
  /** Told before the progress that it makes; not of the steps of sketches. @param frame its index in the job */
  readonly onStep?: (frame: number, step: FillStep) => void;
  /** Shows what candidates look like meanwhile. */
  readonly previews?: Previews;
}

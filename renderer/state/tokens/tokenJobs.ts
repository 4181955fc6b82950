import type { FrameTokens } from '../../../core/document/document.ts';
import type { Suggestion } from '../../../core/paint/requests.ts';
import type { PixelPatch } from '../../../core/pixels/picture.ts';
import type { Likelihoods } from '../../../core/sampling/likelihoods.ts';
import type { Prompt } from '../../../core/sampling/request.ts';
import type { CandidateFrame, WaitingCandidate } from '../fillSession.svelte.ts';
import { Encodings } from './encodings.ts';

/** Steps of candidates that were decoded, and the one on its way. */
export interface Scrubbing {
  decoded: readonly DecodedStep[]; // the newest first
  stop: AbortController | null; // while one is on its way
}

/** What a candidate looked like after a step, in one of its frames. */
export interface DecodedStep {
  readonly candidate: WaitingCandidate;
  readonly frame: number; // index
  readonly step: number;
  readonly patch: PixelPatch;
}

/** The pixels of one mix, on their way. */
export interface Mixing {
  readonly frames: Set<number>; // whose tokens have no pixels yet
  readonly decoded: Map<number, CandidateFrame>; // what the pixels show, by frame
  done: Promise<void>;
}

/** What the model thought of some tokens. */
export interface Measured {
  readonly tokens: FrameTokens;
  readonly prompt: Prompt | null; // what it was led by
  readonly likelihoods: Likelihoods;
}

/** Work on the tokens of one document that is under way, and what is remembered of it; the window shows none of it. */
export class TokenJobs {
  readonly originals = new Encodings(); // of what was opened
  known: FrameTokens | null = null; // what the document itself knew of the frame tokens
  readonly stale = new Set<number>(); // cells whose error was measured on other pixels
  painted: Promise<unknown> = Promise.resolve(); // the end of the newest painting: the next begins on what it made
  question: AbortController | null = null; // the newest that the model is asked
  readonly taking = new Set<readonly Suggestion[]>(); // of which one is being painted: it stays in sight until the document has it
  measured: Measured | null = null; // the newest
  readonly scrubbing: Scrubbing = { decoded: [], stop: null };
  readonly mixing = new Map<number, Mixing>(); // by id of the candidate
}

/** Swatches that are on their way. */
export interface SwatchesLoading {
  readonly stop: AbortController;
  users: number;
}

/** Those of one window, by the sha256 of their package. */
export class SwatchesLoadings extends Map<string, SwatchesLoading> {}

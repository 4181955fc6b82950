import type { Document, FrameTokens } from '../../../core/document/document.ts';
import type { Point } from '../../../core/base/geometry.ts';
import type { Suggestions } from '../../../core/paint/requests.ts';
import type { PixelPatch } from '../../../core/pixels/picture.ts';
import type { Raster } from '../../../core/raster/raster.ts';
import { Encodings } from './encodings.ts';
import { TokenJobs } from './tokenJobs.ts';

/** The tokens of the current frame; every one of them is known. */
export interface SeenTokens {
  readonly tokens: FrameTokens; // what `picture` shows in the frame
  readonly picture: Raster;
  /** What the tokenizer loses in each cell, levels of 0 .. 255; null until the frame was encoded anew. */
  readonly errors: Float32Array | null; // [rows * columns]
}

/** Tokens that a gesture has painted so far; the picture follows as they are decoded. */
export interface TokenStroke {
  readonly ids: ReadonlyMap<number, number>; // by cell
  readonly shown: ReadonlySet<number>; // cells that the picture shows already
}

/** What the model suggests for some cells. */
export interface Asked extends Suggestions {
  readonly cells: readonly number[];
  readonly of: FrameTokens; // what they were asked about
  readonly document: Document; // as it was then
  readonly tried: number | null; // the suggestion that the picture shows, by its place in the list
}

export const HEAT_KINDS = ['confidence', 'entropy', 'error'] as const;
export type HeatKind = (typeof HEAT_KINDS)[number];

/** A figure for each cell of the frame. */
export interface HeatMap {
  readonly kind: HeatKind;
  readonly values: Float32Array; // [rows * columns]; confidence 0 .. 1, entropy in bits, error in levels
  readonly least: number; // of the scale, not of the values
  readonly most: number;
  readonly of: FrameTokens; // what it was measured on
}

/** Work on the frame's tokens that takes its time. */
export interface Measuring {
  readonly kind: HeatKind;
  readonly done: number; // 0 .. 1
  cancel(): void;
}

/** Where a finished candidate is looked at as it was after some steps. */
export interface Scrub {
  readonly candidate: number; // id
  readonly frame: number; // index into its frames; the others are shown as they became
  readonly step: number; // 0 .. steps
  /** What that frame looked like after that step, or after one beside it while that is decoded; null before any is. */
  readonly patch: PixelPatch | null;
}

/** What is done with the tokens of one document, besides what the document holds. */
export class TokenWork extends TokenJobs {
  frameTokens = $state.raw<SeenTokens | null>(null);
  encoding = $state(false); // frame tokens are being made
  /** Where the person works, document px, once that lies outside the frame that was worked in; see workAt. */
  at = $state.raw<Point | null>(null);
  hover = $state<number | null>(null); // cell under the pointer
  focus = $state<number | null>(null); // cell that the keyboard is at
  stroke = $state.raw<TokenStroke | null>(null);
  /** Cells taken together, to be asked about or stamped. */
  chosen = $state.raw<readonly number[]>([]); // ascending
  asking = $state(false); // suggestions are on their way
  asked = $state.raw<Asked | null>(null);
  measuring = $state.raw<Measuring | null>(null);
  heat = $state.raw<HeatMap | null>(null);
  /** The candidate (id) that the one shown is compared with, token by token, and that is painted over it. */
  other = $state<number | null>(null);
  scrub = $state.raw<Scrub | null>(null);

  /** What was lately encoded of the picture that is shown. */
  readonly pictures = new Encodings((isRunning) => {
    this.encoding = isRunning;
  });

  /** The cell that is spoken of: under the pointer, or else at the keyboard. */
  cell = $derived(this.hover ?? this.focus);

  /** Takes up the work in whichever frame has a place: the document's own again for null. */
  workAt(at: Point | null): void {
    this.at = at;
    this.leaveFrame();
  }

  /** Cells of one frame mean nothing in another. */
  leaveFrame(): void {
    this.frameTokens = null;
    this.hover = null;
    this.focus = null;
    this.chosen = [];
  }

  /** Lets go of all that only serves looking at the tokens. */
  forget(): void {
    this.pictures.forget();
    this.originals.forget();
    this.known = null;
    this.stale.clear();
    this.frameTokens = null;
  }
}

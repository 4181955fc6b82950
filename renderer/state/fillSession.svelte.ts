import type { Detail } from '../../core/document/details.ts';
import type { Frame } from '../../core/frames/frame.ts';
import type { FramePlan } from '../../core/frames/planFrames.ts';
import type { FillOutcome, KnownTokens, PlanSource } from '../../core/fill/params.ts';
import type { PackageInfo } from '../../core/contract/packageApi.ts';
import type { PixelPatch } from '../../core/pixels/picture.ts';
import type { Raster } from '../../core/raster/raster.ts';
import type { FillRecord } from '../../core/fill/record.ts';
import type { FillSettings } from '../../core/fill/settings.ts';
import type { FillRequest, FillTrace } from '../../core/sampling/request.ts';
import type { FillStart } from '../../core/tokens/fillStart.ts';
import type { TokenGrid } from '../../core/tokens/grid.ts';
import type { Provenance } from '../../core/tokens/provenance.ts';

/** All that a person decided about a fill, except its seed; the picture around the selection is looked up when it runs. */
export interface FillOrder extends FillSettings {
  readonly selection: Raster; // as it was then, with the overlap; only these pixels are ever changed
  readonly painted: Raster; // as it was then
  readonly frame: Frame | null; // chosen by hand
  readonly plans: readonly FramePlan[]; // document px
  readonly package: PackageInfo;
  /** Of each plan, cells of the hole whose tokens this fill pinned: "fill again" pins them too, though they are accepted. */
  readonly previousPins: readonly (readonly number[])[];
}

/** A fill under way. */
export interface FillJobState {
  readonly plans: readonly FramePlan[]; // document px
  readonly selection: Raster; // what is filled
  readonly names: readonly string[]; // of the candidates that will come of it
  readonly startedAt: number; // ms, performance.now()
  readonly done: number; // steps
  readonly total: number;
  readonly candidates: number;
  /** Of the frame under way: each candidate's ids, MASK where missing. */
  readonly frame: number;
  readonly ids: readonly Int32Array[];
  readonly previews: readonly (readonly (PixelPatch | null)[])[]; // [candidate][frame], the newest of each
  cancel(): void;
}

/** A fill that is asked for. */
export interface FillRun {
  readonly order: FillOrder;
  readonly seed: number;
  readonly first?: number; // the place of its first candidate among all of the seed, from 0
  readonly branch?: Branch;
  /** What its first candidate is called in the history, where that is accepted as soon as it is there. */
  readonly acceptedAs?: string;
}

/** A fill that goes on from a candidate as it was after some steps, in one of its frames. */
export interface Branch {
  readonly from: WaitingCandidate;
  readonly frame: number; // index into its frames
  readonly step: number; // 0 .. steps - 1
  readonly start: FillStart | null; // null where it begins at the beginning
  readonly candidates: number;
}

/** One result of a fill, not yet accepted. */
export interface WaitingCandidate {
  readonly id: number;
  readonly set: number; // candidates of one fill share it, and branches and mixes of them: their frames are the same
  readonly name: string; // '2', 'Mix', 'Branch 1'
  readonly seed: number;
  readonly number: number; // from 1, among all candidates of its seed
  readonly patches: readonly PixelPatch[]; // document px, one for each frame
  readonly order: FillOrder; // what was selected, and where the frames lie
  readonly picture: Raster; // as the fill saw it, to make more of the same
  readonly frames: readonly CandidateFrame[];
  readonly package: FillOutcome['package'];
  readonly details: readonly Detail[]; // for the history entry that accepting it makes
  readonly record: FillRecord; // for files that are written afterwards
  /** It was `base` before some of its tokens were exchanged; its patches follow as they are decoded. */
  readonly mix?: { readonly base: WaitingCandidate; readonly others: readonly string[] }; // names
}

/** The tokens of a candidate in one frame, and how they came to be. */
export interface CandidateFrame {
  readonly hole: readonly number[]; // flat cell indices
  readonly request: FillRequest; // all that decided its tokens; of a branch without its start
  readonly start: FillStart | null; // of a branch, with the generator's state: the rest of its steps is repeated from there
  readonly known: Int32Array; // [height * width] the tokens as they were encoded, also in the hole
  readonly tokens: KnownTokens | null; // what a person knew of them, as it was sent
  readonly grid: TokenGrid;
  readonly provenance: readonly Provenance[]; // [height * width]
  readonly trace: FillTrace; // from the beginning, also of a branch; none of a mix
  readonly source: PlanSource; // where its plan came from
}

const STEPS_SHARE = 0.6; // of a fill, until one was made: 0 .. 1

/** What fills of one document are doing: at most one runs, any number of candidates wait. Nothing is locked meanwhile. */
export class FillSession {
  plans = $state.raw<readonly FramePlan[]>([]); // where the next fill would work, updated by a command
  job = $state.raw<FillJobState | null>(null);
  candidates = $state.raw<readonly WaitingCandidate[]>([]);
  currentId = $state.raw<number | null>(null);
  /** Fills that were asked for while one runs; each starts when the one before it is done. */
  queued = $state.raw<readonly FillRun[]>([]);
  last = $state.raw<FillOrder | null>(null); // what "fill again" repeats
  lastDuration = $state<number | null>(null); // ms
  /** The share of the last fill that its steps took; what is drawn and written after them takes the rest. */
  stepsShare = STEPS_SHARE;
  /** Whether several candidates are looked at beside each other. */
  sideBySide = $state(false);
  /** Candidates that were made so far, branches and mixes apart: each keeps its number as long as the document is open. */
  made = 0;
  private count = 0;

  current = $derived(this.byId(this.currentId));

  nextId(): number {
    return ++this.count;
  }

  add(candidates: readonly WaitingCandidate[]): void {
    this.candidates = [...this.candidates, ...candidates];
    this.currentId = candidates[0]?.id ?? this.currentId;
  }

  /** Puts a candidate right after another, and shows it. */
  insertAfter(id: number, candidate: WaitingCandidate): void {
    const at = this.candidates.findIndex((other) => other.id === id) + 1;
    this.candidates = this.candidates.toSpliced(at, 0, candidate);
    this.currentId = candidate.id;
  }

  /** Exchanges the candidate of the same id, if it still waits. */
  replace(candidate: WaitingCandidate): void {
    this.candidates = this.candidates.map((other) => (other.id === candidate.id ? candidate : other));
  }

  byId(id: number | null): WaitingCandidate | null {
    return this.candidates.find((candidate) => candidate.id === id) ?? null;
  }

  /** Shows the candidate that lies `step` places on in the strip, around its ends. */
  show(step: number): void {
    const count = this.candidates.length;
    if (count === 0) return;
    const at = this.candidates.findIndex(({ id }) => id === this.currentId);
    this.currentId = this.candidates[(at + step + count) % count]!.id;
  }

  /** Ends all that was asked for, and lets go of what came of it: the picture's pixels lie elsewhere now. */
  forget(): void {
    this.queued = [];
    this.job?.cancel();
    this.last = null;
    this.remove(() => true);
  }

  /** Takes candidates away; a neighbour of the one that was shown is shown then. */
  remove(leave: (candidate: WaitingCandidate) => boolean): void {
    const at = this.candidates.findIndex(({ id }) => id === this.currentId);
    const left = this.candidates.filter((candidate) => !leave(candidate));
    this.candidates = left;
    if (left.length < 2) this.sideBySide = false;
    if (left.some(({ id }) => id === this.currentId)) return;
    this.currentId = left[Math.min(at, left.length - 1)]?.id ?? null;
  }
}

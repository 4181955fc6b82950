import type { FramePlan } from '../../core/frames/planFrames.ts';
import type { PixelPatch } from '../../core/pixels/patch.ts';
import type { Rect } from '../../core/pixels/picture.ts';
import type { FillOutcome } from '../../core/ipc/engineApi.ts';

/** A fill under way. */
export interface FillJobState {
  readonly plans: readonly FramePlan[]; // document px
  readonly startedAt: number; // ms, performance.now()
  readonly done: number; // steps
  readonly total: number;
  readonly candidates: number;
  /** Of the frame under way: each candidate's ids, MASK where missing. */
  readonly frame: number;
  readonly ids: readonly Int32Array[];
  readonly previews: readonly (PixelPatch | null)[]; // the newest of each candidate, for this frame
  cancel(): void;
}

/** The selection that a fill was made for: only its pixels are ever changed. */
export interface FilledSelection {
  readonly rect: Rect; // document px
  readonly data: Uint8Array; // [height, width]
}

/** One result of a fill, not yet accepted. */
export interface WaitingCandidate {
  readonly id: number;
  readonly set: number; // candidates of one fill share it
  readonly seed: number;
  readonly number: number; // from 1, within its fill
  readonly patches: readonly PixelPatch[]; // document px
  readonly selection: FilledSelection;
  readonly plans: readonly FramePlan[];
  readonly frames: FillOutcome['frames'];
  readonly package: FillOutcome['package'];
  readonly facts: Readonly<Record<string, string>>; // for the history entry that accepting it makes
  readonly record: unknown; // a FillRecord for files that are written afterwards
}

/** What fills of one document are doing: at most one runs, any number of candidates wait. Nothing is locked meanwhile. */
export class FillSession {
  plans = $state.raw<readonly FramePlan[]>([]); // where the next fill would work, kept up to date by a command
  job = $state.raw<FillJobState | null>(null);
  candidates = $state.raw<readonly WaitingCandidate[]>([]);
  currentId = $state.raw<number | null>(null);
  lastDuration = $state<number | null>(null); // ms
  private count = 0;

  current = $derived(this.candidates.find(({ id }) => id === this.currentId) ?? null);

  nextId(): number {
    return ++this.count;
  }

  add(candidates: readonly WaitingCandidate[]): void {
    this.candidates = [...this.candidates, ...candidates];
    this.currentId = candidates[0]?.id ?? this.currentId;
  }

  /** Shows the candidate that lies `step` places on in the strip, around its ends. */
  show(step: number): void {
    const count = this.candidates.length;
    if (count === 0) return;
    const at = this.candidates.findIndex(({ id }) => id === this.currentId);
    this.currentId = this.candidates[(at + step + count) % count]!.id;
  }

  /** Takes candidates away; a neighbour of the one that was shown is shown then. */
  remove(leave: (candidate: WaitingCandidate) => boolean): void {
    const at = this.candidates.findIndex(({ id }) => id === this.currentId);
    const left = this.candidates.filter((candidate) => !leave(candidate));
    this.candidates = left;
    if (left.some(({ id }) => id === this.currentId)) return;
    this.currentId = left[Math.min(at, left.length - 1)]?.id ?? null;
  }
}

import type { FillRecord } from '../../core/fill/record.ts';
import { applyChange } from '../../core/document/applyChange.ts';
import { shelve, withoutBranch, withoutSnapshot, withSnapshot } from '../../core/document/branches.ts';
import {
  type Branch,
  type Change,
  type Entry,
  type History,
  isEmptyChange,
  type ShelvedCandidate,
  type Snapshot,
} from '../../core/document/change.ts';
import type { Detail } from '../../core/document/details.ts';
import { type Document, sameDocument } from '../../core/document/document.ts';
import type { Placement } from '../../core/document/placement.ts';
import type { CropFrame } from '../../core/document/remake/cropFrame.ts';
import { forgetChanged } from '../../core/document/forgetChanged.ts';
import { createHistory, goTo, goToStep, push, redo, undo } from '../../core/document/history.ts';
import { numberParts } from '../../core/document/projectFile.ts';
import type { FileStamp, PictureRead } from '../../core/contract/engineApi.ts';
import type { FileGrant } from '../../core/contract/mainApi.ts';
import type { Rect } from '../../core/base/geometry.ts';
import { isEmpty } from '../../core/raster/bounds.ts';
import type { Raster } from '../../core/raster/raster.ts';
import { FillSession } from './fillSession.svelte.ts';
import { RecoveryState } from './recovery.ts';
import { TokenWork } from './tokens/tokenWork.svelte.ts';
import { View } from './view.svelte.ts';

/** Rasters that a gesture under way shows instead of the document's; their tiles may still change, see `touch`. */
export interface LiveEdit {
  readonly picture?: Raster;
  readonly selection?: Raster;
}

/** A piece that was pasted, placed or lifted and is not part of the picture yet: it can still be changed, or discarded. */
export interface FloatingPiece {
  readonly source: Raster; // RGBA, as it came
  readonly placement: Placement;
  readonly opacity: number; // 0 .. 1
  readonly match: number; // 0 .. 1: how far its colours are drawn to those around it
  readonly label: string; // of the undo step that placing it makes
  readonly extend: boolean; // whether the canvas grows to hold what reaches past it
  /** The picture without it, where it was taken out of the picture. */
  readonly lifted?: { readonly change: Change; readonly document: Document };
}

/** What a document from disk brings along. */
export interface FromDisk {
  readonly id?: string;
  readonly history?: History;
  readonly partNumber?: (bytes: Uint8Array) => number;
}

/** One open document: what is in it, its history, how it is seen, and what is being filled. */
export class OpenDocument {
  readonly id: string; // a UUID
  /** Numbers the parts of the document on disk, each array once. */
  readonly partNumber: (bytes: Uint8Array) => number;
  readonly view = new View();
  readonly fill = new FillSession();
  readonly tokenWork = new TokenWork();
  readonly recovery = new RecoveryState();
  package = $state<string | null>(null); // ref of the one that was chosen for it; null takes the one in use
  name = $state(''); // shown in the title and as the suggestion for files
  project = $state.raw<FileGrant | null>(null); // where "save" writes
  stamp: FileStamp | null = null; // of that file as it was read or written last
  saving: Promise<void> | null = null; // settled when all saves that were asked for are over
  /** The picture file that it was opened from, as long as it is not a project. */
  source = $state.raw<FileGrant | null>(null);
  isPartial = false; // it was read from a damaged file, as far as that goes
  /** Of that file: 'jpeg', 'png', …; null where there was none. */
  format = $state.raw<string | null>(null);
  metadata = $state.raw<PictureRead['metadata']>({});
  current: Document = $state.raw()!;
  history = $state.raw(createHistory());
  live = $state.raw<LiveEdit | null>(null);
  floating = $state.raw<FloatingPiece | null>(null);
  /** What strokes of the removal brush cover while they are being filled; shown, but not what is selected. */
  removing = $state.raw<Raster | null>(null);
  crop = $state.raw<CropFrame | null>(null); // what the crop tool would keep; null is all of it
  /** What was selected before nothing was, as long as it would lie where it did. */
  lastSelection = $state.raw<Raster | null>(null);
  private savedAs = $state.raw<Document | null>(null);
  private records = new WeakMap<Document['tokens'], FillRecord | undefined>();
  private listeners: readonly ((rect: Rect) => void)[] = [];

  edited = $derived(
    this.floating !== null || this.savedAs === null || !sameDocument(this.current, this.savedAs),
  );
  picture = $derived(this.live?.picture ?? this.current.picture);
  selection = $derived(this.live?.selection ?? this.removing ?? this.current.selection);

  constructor(
    name: string,
    document: Document,
    metadata: PictureRead['metadata'] = {},
    { id, history, partNumber }: FromDisk = {},
  ) {
    this.id = id ?? crypto.randomUUID();
    this.partNumber = partNumber ?? numberParts();
    if (history) this.history = history;
    this.name = name;
    this.current = document;
    this.savedAs = document;
    this.metadata = metadata;
  }

  /** The record of the newest fill that is in the picture; undo brings back the one before it. */
  get record(): FillRecord | undefined {
    return this.records.get(this.current.tokens);
  }

  set record(record: FillRecord | undefined) {
    this.records.set(this.current.tokens, record);
  }

  /** One gesture, one step: changes the document and makes it undoable. What changes nothing is no step. */
  commit(label: string, change: Change, details: readonly Detail[] = []): void {
    if (isEmptyChange(change)) return;
    const { record } = this;
    const { selection } = this.current;
    const whole = forgetChanged(this.current, change);
    this.current = applyChange(this.current, whole);
    if (isEmpty(this.current.selection) && !isEmpty(selection)) this.lastSelection = selection;
    this.record = record; // other tokens, but still of that fill; a newer one says so itself
    this.history = push(this.history, this.current, { label, details, at: Date.now(), change: whole });
    this.followCanvas(whole);
  }

  undo(): void {
    this.take(undo(this.current, this.history));
  }

  redo(): void {
    this.take(redo(this.current, this.history));
  }

  /** Undoes or redoes until `position` entries are done. */
  goTo(position: number): void {
    this.take(goTo(this.current, this.history, position));
  }

  /** Goes to where a step led, also in a branch; 0 is the beginning. */
  goToStep(step: number): void {
    this.take(goToStep(this.current, this.history, step));
  }

  /** Gives what is there now a name. */
  keepSnapshot(name: string): void {
    this.history = withSnapshot(this.history, name, Date.now());
  }

  dropSnapshot(snapshot: Snapshot): void {
    this.history = withoutSnapshot(this.history, snapshot);
  }

  /** Keeps a step that was not done beside those that are. */
  shelve(entry: Omit<Entry, 'id'>, candidate: ShelvedCandidate): void {
    this.history = shelve(this.history, entry, candidate);
  }

  dropBranch(branch: Branch): void {
    this.history = withoutBranch(this.history, branch);
  }

  /** Says what the file holds; null if there is none that holds it, as after a recovery. */
  markSaved(document: Document | null = this.current): void {
    this.savedAs = document;
  }

  /** Says that a gesture wrote into tiles of `live` inside `rect` (document px). */
  touch(rect: Rect): void {
    for (const listener of this.listeners) listener(rect);
  }

  /** Returns the function that stops listening. */
  onTouch(listener: (rect: Rect) => void): () => void {
    this.listeners = [...this.listeners, listener];
    return () => {
      this.listeners = this.listeners.filter((other) => other !== listener);
    };
  }

  private take(moved: ReturnType<typeof undo>): void {
    if (moved === null) return;
    this.current = moved.document;
    this.history = moved.history;
    this.followCanvas(moved.change);
  }

  /** What was made for places of another canvas goes with it. */
  private followCanvas({ canvas }: Change): void {
    if (!canvas) return;
    this.crop = null;
    if (!canvas.moved) return;
    this.fill.forget();
    this.lastSelection = null;
  }
}

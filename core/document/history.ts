import { TesseraError } from '../base/errors.ts';
import type { Rect } from '../base/geometry.ts';
import { applyChange } from './applyChange.ts';
import { branchesTo, followBranch, lastId, positionOf, setAside } from './branches.ts';
import {
  type Change,
  type Entry,
  type History,
  invertChange,
  isEmptyChange,
  mergeChanges,
} from './change.ts';
import type { Document } from './document.ts';
import { forgetOldest } from './undoBytes.ts';

const LIMIT = 2 ** 30; // bytes

/** A move through the history: where it leads, and what it changed in the document. */
export interface Moved {
  readonly document: Document;
  readonly history: History;
  readonly change: Change;
}

/** A history of nothing yet, which lets its oldest entries go when undo alone keeps more than `limit` bytes alive. */
export function createHistory(limit = LIMIT): History {
  return { entries: [], position: 0, limit, branches: [], snapshots: [] };
}

/**
 * The history with one more step, which led to `document`; steps that were undone become a branch. A step that changed
 * nothing is none. The newest step stays however large it is.
 */
export function push(history: History, document: Document, entry: Omit<Entry, 'id'>): History {
  if (isEmptyChange(entry.change)) return history;
  const id = lastId(history) + 1;
  const aside = setAside(history);
  const entries = [...aside.entries, { ...entry, id }];
  return forgetOldest({ ...aside, entries, position: entries.length }, history, document);
}

/** One step back; null at the beginning. */
export function undo(document: Document, history: History): Moved | null {
  return history.position === 0 ? null : goTo(document, history, history.position - 1);
}

/** One step forward; null at the end. */
export function redo(document: Document, history: History): Moved | null {
  return history.position === history.entries.length ? null : goTo(document, history, history.position + 1);
}

/** Undoes or redoes until the first `position` entries are done; null if they are. */
export function goTo(document: Document, history: History, position: number): Moved | null {
  const { entries, position: from } = history;
  if (position < 0 || position > entries.length) {
    throw new TesseraError('internal', `The history of ${entries.length} steps has no step ${position}.`);
  }
  if (position === from) return null;
  const changes =
    position > from
      ? entries.slice(from, position).map((entry) => entry.change)
      : entries
          .slice(position, from)
          .reverse()
          .map((entry) => invertChange(entry.change));
  const change = changes.reduce(mergeChanges);
  return { document: applyChange(document, change), history: { ...history, position }, change };
}

/** Goes to where a step led, also along branches; null if the history stands there. 0 is the beginning. */
export function goToStep(document: Document, history: History, step: number): Moved | null {
  let at: Moved = { document, history, change: {} };
  const go = (position: number): void => {
    const moved = goTo(at.document, at.history, position);
    if (moved) at = { ...moved, change: mergeChanges(at.change, moved.change) };
  };
  for (const branch of branchesTo(history, step)) {
    go(Math.min(at.history.position, positionOf(at.history, branch.from)!));
    at = { ...at, history: followBranch(at.history, branch) };
  }
  go(positionOf(at.history, step)!);
  return at.history === history ? null : at;
}

/** The canvas before the first step that is remembered, document px. */
export function firstCanvas({ entries }: History, canvas: Rect): Rect {
  return entries.find(({ change }) => change.canvas !== undefined)?.change.canvas?.before ?? canvas;
}

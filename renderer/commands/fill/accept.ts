import { applyFill } from '../../../core/document/candidate.ts';
import { TesseraError } from '../../../core/base/errors.ts';
import { positionOf } from '../../../core/document/branches.ts';
import {
  type Branch,
  type Change,
  isEmptyChange,
  type ShelvedCandidate,
} from '../../../core/document/change.ts';
import type { Document } from '../../../core/document/document.ts';
import { forgetChanged } from '../../../core/document/forgetChanged.ts';
import { reapply } from '../../../core/document/reapply.ts';
import type { FramePlan } from '../../../core/frames/planFrames.ts';
import { intersectRects, isEmptyRect } from '../../../core/base/geometry.ts';
import { readRect } from '../../../core/raster/flat.ts';
import { applyPatch, composePatches } from '../../../core/raster/patch.ts';
import type { Raster, RasterPatch } from '../../../core/raster/raster.ts';
import { combine } from '../../../core/selection/combine.ts';
import type { FillOrder, WaitingCandidate } from '../../state/fillSession.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import { pixelsOnTheirWay } from '../tokens/candidates/mix.ts';
import { leaveScrub, scrubOf } from '../tokens/candidates/scrub.ts';
import { tokensWith } from './acceptTokens.ts';

/**
 * Accepts the candidate that is shown, as soon as its pixels are there. One that is looked at as it was after some steps
 * is first shown as it became, since that is what would be accepted.
 */
export async function acceptShown(document: OpenDocument): Promise<void> {
  const { fill } = document;
  if (scrubOf(document)) {
    leaveScrub(document);
    return;
  }
  const id = fill.currentId;
  const pixels = pixelsOnTheirWay(document, id);
  if (pixels) await pixels;
  const candidate = fill.byId(id);
  if (candidate) accept(document, candidate);
}

/**
 * Makes a candidate part of the picture, as one undo step: the pixels that were selected when the fill was asked for,
 * and no others, whatever was edited since. What was filled is not selected any more, so that it does not cover the
 * result and the next fill leaves it alone; "fill again" remembers it. Other candidates for the same place stay in the history.
 */
export function accept(document: OpenDocument, candidate: WaitingCandidate, label = 'Fill'): void {
  const { current, fill } = document;
  const isRival = (other: WaitingCandidate): boolean => meet(other.order.plans, candidate.order.plans);
  for (const other of fill.candidates) {
    if (other !== candidate && isRival(other)) shelve(document, other, false);
  }
  document.commit(label, acceptChange(current, candidate, label), candidate.details);
  document.record = candidate.record;
  fill.remove(isRival);
}

/** Takes a candidate out of the strip and keeps it in the project, with the place that it is for. */
export function keepForLater(document: OpenDocument): void {
  const { fill } = document;
  const { current } = fill;
  if (!current) return;
  shelve(document, current, true);
  fill.remove(({ id }) => id === current.id);
}

/** Takes all candidates out of the strip; they stay in the history. */
export function putAway(document: OpenDocument): void {
  const { fill } = document;
  for (const candidate of fill.candidates) shelve(document, candidate, false);
  fill.remove(() => true);
}

/** Puts a kept candidate into the picture as it is now, as one undo step. Throws 'input' where it has no place any more. */
export function useShelved(document: OpenDocument, branch: ShelvedBranch): void {
  const { current, history } = document;
  const fork = positionOf(history, branch.from);
  const since =
    fork === null ? null : history.entries.slice(Math.min(fork, history.position), history.position);
  if (!since || fork! > history.position || since.some(({ change }) => change.canvas?.moved))
    throw elsewhere();
  const [entry] = branch.entries;
  document.commit('Fill', reapply(current, entry!.change), entry!.details);
  document.dropBranch(branch);
}

/** A branch that is a candidate. */
export type ShelvedBranch = Branch & { readonly candidate: ShelvedCandidate };

export function shelvedIn({ history }: OpenDocument): readonly ShelvedBranch[] {
  return history.branches.filter((branch): branch is ShelvedBranch => branch.candidate !== undefined);
}

function shelve(document: OpenDocument, candidate: WaitingCandidate, kept: boolean): void {
  const { details, name } = candidate;
  const change = forgetChanged(document.current, acceptChange(document.current, candidate, 'Fill'));
  if (isEmptyChange(change)) return;
  document.shelve({ label: 'Fill', details, at: Date.now(), change }, { name, kept });
}

function acceptChange(current: Document, candidate: WaitingCandidate, label: string): Change {
  const picture = applyFill(current, candidate.patches, candidate.order.selection);
  const tokens = { before: current.tokens, after: tokensWith(current, candidate) };
  // A removal was never selected.
  const selection = label === 'Fill' ? { selection: deselected(current.selection, candidate.order) } : {};
  return { picture, ...selection, tokens };
}

function elsewhere(): TesseraError {
  return new TesseraError(
    'input',
    'This candidate was made for another state of the picture.',
    'Go back to it in the history instead.',
  );
}

/** What takes away from a selection all that a fill was for, also where that was selected only a little. */
function deselected(selection: Raster, order: FillOrder): RasterPatch {
  let left = selection;
  let all: RasterPatch = { changes: [] };
  for (const { bounds } of order.plans) {
    const data = readRect(order.selection, bounds).map((value) => (value > 0 ? 255 : 0));
    const next = combine(left, { rect: bounds, data }, 'subtract');
    left = applyPatch(left, next);
    all = composePatches(all, next);
  }
  return all;
}

function meet(some: readonly FramePlan[], others: readonly FramePlan[]): boolean {
  return some.some((a) => others.some((b) => !isEmptyRect(intersectRects(a.bounds, b.bounds))));
}

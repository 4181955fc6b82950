import { applyCandidate } from '../../../core/document/candidate.ts';
import type { Document, FrameTokens } from '../../../core/document/document.ts';
import type { FramePlan } from '../../../core/frames/planFrames.ts';
import { intersectRects, isEmptyRect } from '../../../core/pixels/rect.ts';
import { readRect } from '../../../core/raster/flat.ts';
import { applyPatch, composePatches } from '../../../core/raster/patch.ts';
import type { Raster, RasterPatch } from '../../../core/raster/raster.ts';
import { combine } from '../../../core/selection/combine.ts';
import type { FillOrder, FillRun, WaitingCandidate } from '../../state/fillSession.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import { factsOf, type Made, recordOf } from './facts.ts';

/** The candidates that a fill made, as they wait in the strip. */
export function candidatesOf(run: FillRun, made: Made, nextId: () => number): WaitingCandidate[] {
  const { outcome } = made;
  const set = nextId();
  return outcome.candidates.map(({ patches }, index) => ({
    id: nextId(),
    set,
    seed: run.seed,
    number: index + 1,
    patches,
    order: run.order,
    frames: outcome.frames,
    package: outcome.package,
    facts: factsOf(run, made, index),
    record: recordOf(run, made, index),
  }));
}

/**
 * Makes a candidate part of the picture, as one undo step: the pixels that were selected when the fill was asked for,
 * and no others, whatever was edited since. What was filled is not selected any more, so that it does not cover the
 * result and the next fill leaves it alone; "fill again" remembers it. Other candidates for the same place go.
 */
export function accept(document: OpenDocument, candidate: WaitingCandidate): void {
  const { current, fill } = document;
  const picture = pixelsOf(candidate, current);
  const selection = deselected(current.selection, candidate.order);
  const tokens = { before: current.tokens, after: [...current.tokens, ...tokensOf(candidate)] };
  document.commit('Fill', { picture, selection, tokens }, candidate.facts);
  document.record = candidate.record;
  fill.remove((other) => meet(other.order.plans, candidate.order.plans));
}

/** Patch by patch, so that cost follows the frames and not what lies between them. */
function pixelsOf({ patches, order }: WaitingCandidate, document: Document): RasterPatch {
  let { picture } = document;
  let all: RasterPatch = { changes: [] };
  for (const patch of patches) {
    const selected = { rect: patch.rect, data: readRect(order.selection, patch.rect) };
    const next = applyCandidate({ ...document, picture }, [patch], selected);
    picture = applyPatch(picture, next);
    all = composePatches(all, next);
  }
  return all;
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

function tokensOf({ frames, order, package: { id, sha256 }, number }: WaitingCandidate): FrameTokens[] {
  return frames.map(({ candidates }, index) => {
    const { grid, provenance } = candidates[number - 1]!;
    return {
      package: { id, sha256 },
      frame: order.plans[index]!.frame,
      grid,
      pins: [],
      provenance,
    };
  });
}

function meet(some: readonly FramePlan[], others: readonly FramePlan[]): boolean {
  return some.some((a) => others.some((b) => !isEmptyRect(intersectRects(a.bounds, b.bounds))));
}

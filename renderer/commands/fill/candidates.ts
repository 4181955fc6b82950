import type { FrameTokens } from '../../../core/document/document.ts';
import { applyCandidate } from '../../../core/document/candidate.ts';
import type { Document } from '../../../core/document/document.ts';
import type { FramePlan } from '../../../core/frames/planFrames.ts';
import { intersectRects, isEmptyRect } from '../../../core/pixels/rect.ts';
import { readRect } from '../../../core/raster/flat.ts';
import { applyPatch, composePatches } from '../../../core/raster/patch.ts';
import type { RasterPatch } from '../../../core/raster/raster.ts';
import type { FillRun, WaitingCandidate } from '../../state/fillSession.svelte.ts';
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
 * and no others, whatever was edited since. Other candidates for the same place go; the selection stays.
 */
export function accept(document: OpenDocument, candidate: WaitingCandidate): void {
  const { current, fill } = document;
  const picture = pixelsOf(candidate, current);
  const tokens = { before: current.tokens, after: [...current.tokens, ...tokensOf(candidate)] };
  document.commit('Fill', { picture, tokens }, candidate.facts);
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

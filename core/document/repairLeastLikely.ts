import type { Abort } from '../base/abort.ts';
import { now } from '../base/host.ts';
import { cellsMask } from '../frames/cellRects.ts';
import { holeIn } from '../frames/hole.ts';
import type { FramePlan } from '../frames/planFrames.ts';
import { regionFor } from '../frames/regionFor.ts';
import { fillFrames } from '../fill/fillFrames.ts';
import { frameOptions, paramsFor, planFills } from '../fill/planFills.ts';
import type { FillSettings } from '../fill/settings.ts';
import type { Denoiser } from '../model/denoiser.ts';
import type { Model } from '../model/model.ts';
import { encodeSeen } from '../paint/encodeFrame.ts';
import { empty } from '../raster/make.ts';
import { readRect } from '../raster/flat.ts';
import { applyPatch } from '../raster/patch.ts';
import { ledBy } from '../sampling/guidance.ts';
import { leastLikely } from '../sampling/leastLikely.ts';
import { likelihoods, PASSES } from '../sampling/likelihoods.ts';
import { boundsWithin } from '../selection/boundsWithin.ts';
import { combine } from '../selection/combine.ts';
import type { Document } from './document.ts';
import type { DocumentControl, DocumentFill } from './fillDocument.ts';

/** A repair of the least likely tokens: the document in which they are selected, and the fill of that. */
export interface LeastLikelyRepair {
  readonly document: Document;
  readonly fill: DocumentFill;
}

/** How it is followed and stopped. */
interface Control extends DocumentControl {
  /** Told the share of the measuring that is done, 0 .. 1. */
  readonly onMeasured?: (done: number) => void;
}

/**
 * Measures the tokens of what is selected as the prompt leads the model, and repairs the share (0 .. 1) of them that it finds
 * least likely, over all frames together. Throws as planFills and fillFrames do.
 */
export async function repairLeastLikely(
  model: Model,
  document: Document,
  settings: FillSettings & { readonly seed: number; readonly first?: number; readonly strength: number },
  share: number,
  control: Control = {},
): Promise<LeastLikelyRepair> {
  const { signal, onMeasured } = control;
  const started = now();
  const { tokenizer, denoiser, id } = model;
  const options = frameOptions({ ...tokenizer, window: denoiser.window }, settings.scale);
  // A repair begins with what is there, and so never at a coarser scale.
  const plans = planFills(document, options).map(({ frame, bounds }): FramePlan => ({ frame, bounds }));
  const led = await ledBy(model, settings.prompt ?? undefined, signal);
  const parts: MeasuredPlan[] = [];
  for (const [index, plan] of plans.entries()) {
    const onPass = (done: number): void => onMeasured?.((index + done / PASSES) / plans.length);
    parts.push(await measured(model, led, document, plan, onPass, signal));
  }
  const repaired = { ...document, selection: selectLeast(document, parts, share) };
  const chosen = plans.flatMap(({ frame, bounds }) => {
    const own = boundsWithin(repaired.selection, bounds);
    return own ? [{ frame, bounds: own }] : [];
  });
  const params = paramsFor(repaired, chosen, { ...settings, package: id });
  const planning = now() - started;
  control.onPlanned?.(chosen);
  return {
    document: repaired,
    fill: { params, outcome: await fillFrames(model, params, control), planning },
  };
}

/** What the model thinks of the selected tokens of a frame. */
interface MeasuredPlan {
  readonly plan: FramePlan;
  readonly cells: readonly number[];
  readonly probabilities: Float32Array; // of the whole grid
}

async function measured(
  { tokenizer }: Model,
  denoiser: Denoiser,
  { canvas, picture, selection }: Document,
  plan: FramePlan,
  onPass: (done: number) => void,
  signal?: Abort,
): Promise<MeasuredPlan> {
  const region = regionFor(plan, canvas, 0);
  const seen = { frame: plan.frame, region, picture: readRect(picture, region) };
  const { grid } = await encodeSeen(tokenizer, seen, signal);
  const cells = [...holeIn(selection, plan).cells];
  const { probabilities } = await likelihoods(grid, denoiser, {
    cells: Int32Array.from(cells),
    onPass,
    ...(signal && { signal }),
  });
  return { plan, cells, probabilities };
}

/** Of what is selected, the squares of the least likely tokens of all frames. */
function selectLeast(
  { canvas, selection }: Document,
  parts: readonly MeasuredPlan[],
  share: number,
): Document['selection'] {
  const all = Float32Array.from(
    parts.flatMap(({ cells, probabilities }) => cells.map((at) => probabilities[at]!)),
  );
  const chosen = new Set(leastLikely(all, [...all.keys()], share).cells);
  let squares = empty(canvas, 1);
  let before = 0;
  for (const { plan, cells } of parts) {
    const own = cells.filter((_, i) => chosen.has(before + i));
    squares = applyPatch(squares, combine(squares, cellsMask(plan.frame, own, canvas), 'add'));
    before += cells.length;
  }
  const mask = { rect: canvas, data: readRect(squares, canvas) };
  return applyPatch(selection, combine(selection, mask, 'intersect'));
}

import { now } from '../base/host.ts';
import type { Rect } from '../base/geometry.ts';
import { fillFrames, type FillControl } from '../fill/fillFrames.ts';
import type { FillOutcome, FillParams } from '../fill/params.ts';
import { frameOptions, paramsFor, planFills } from '../fill/planFills.ts';
import type { FillSettings } from '../fill/settings.ts';
import type { Model } from '../model/model.ts';
import { readRect } from '../raster/flat.ts';
import { applyPatch } from '../raster/patch.ts';
import type { Picture } from '../pixels/picture.ts';
import { applyFill } from './candidate.ts';
import type { Document } from './document.ts';

/** A fill of a document, as it was asked for and as it came out. */
export interface DocumentFill {
  readonly params: FillParams;
  readonly outcome: FillOutcome;
  readonly planning: number; // ms, to choose frames and collect what they see
}

/**
 * Fills what is selected in a document from beginning to end: plans, params and the fill itself. Without a selection there
 * are no frames, and nothing is changed. Throws as planFills and fillFrames do.
 */
export async function fillDocument(
  model: Model,
  document: Document,
  settings: FillSettings & { readonly seed: number; readonly first?: number },
  control: FillControl = {},
): Promise<DocumentFill> {
  const started = now();
  const params = paramsOf(model, document, settings);
  const planning = now() - started;
  return { params, outcome: await fillFrames(model, params, control), planning };
}

/** The params of a fill of what is selected in a document. */
export function paramsOf(
  { id, tokenizer: { downsample, minSize }, denoiser: { window } }: Model,
  document: Document,
  settings: FillSettings & { readonly seed: number; readonly first?: number },
): FillParams {
  const plans = planFills(document, frameOptions({ downsample, minSize, window }, settings.scale));
  return paramsFor(document, plans, { ...settings, package: id });
}

/** The picture that a document has with a candidate of a fill: of all of the canvas, or of a part of it. */
export function pictureWith(
  document: Document,
  { outcome }: DocumentFill,
  candidate: number,
  part: Rect = document.canvas,
): Picture {
  const { patches } = outcome.candidates[candidate]!;
  const filled = applyPatch(document.picture, applyFill(document, patches, document.selection));
  return { ...part, data: readRect(filled, part) };
}

import type { Rect } from '../base/geometry.ts';
import type { Frame } from '../frames/frame.ts';
import { type FramePlan, planFrames } from '../frames/planFrames.ts';
import { regionFor } from '../frames/regionFor.ts';
import type { FrameOptions } from '../frames/rules.ts';
import { readRect } from '../raster/flat.ts';
import type { Raster } from '../raster/raster.ts';
import { boundsWithin } from '../selection/boundsWithin.ts';
import { selectionParts } from '../selection/parts.ts';
import type { FillParams, FrameToFill, KnownTokens } from './params.ts';
import { type FillSettings, samplingOf } from './settings.ts';

/** The part of a document that fills work on. */
export interface FillSource {
  readonly canvas: Rect; // document px
  readonly picture: Raster; // RGBA
  readonly selection: Raster;
  readonly frame: Frame | null; // chosen by hand
}

/**
 * Where a fill of what is selected would work, document px: the frame that was chosen by hand, for the selection in it,
 * or those that planFrames chooses. None where nothing is selected. Cost follows what of the selection was changed since
 * it was last asked.
 *
 * @throws TesseraError 'limit' when the canvas is too small.
 */
export function planFills(
  { canvas, selection, frame }: Pick<FillSource, 'canvas' | 'selection' | 'frame'>,
  options: FrameOptions,
): FramePlan[] {
  if (frame) {
    const bounds = boundsWithin(selection, frame.rect);
    return bounds ? [{ frame, bounds }] : [];
  }
  const parts = selectionParts(selection);
  return parts.length === 0 ? [] : planFrames(canvas, parts, options);
}

/** What a package asks of frames. */
export interface PackageLimits {
  readonly downsample: number; // model px per token
  readonly minSize: number; // model px
  readonly window: { readonly min: number; readonly max: number }; // tokens per side
}

/** What a package and a chosen scale ask of frames. */
export function frameOptions(
  { downsample, minSize, window }: PackageLimits,
  scale: number | null,
): FrameOptions {
  return { downsample, minSize, window, ...(scale !== null && { scale }) };
}

/** The params of a fill: each frame with the part of the picture that it can see, and nothing of what is between. */
export function paramsFor(
  source: Pick<FillSource, 'picture' | 'selection'>,
  plans: readonly FramePlan[],
  settings: FillSettings & { readonly package: string; readonly seed: number; readonly first?: number },
  known: (plan: FramePlan, index: number) => KnownTokens | null = () => null,
): FillParams {
  const { seed, candidates, first = 0, feather, detail, texture, prompt, strength } = settings;
  return {
    package: settings.package,
    frames: plans.map((plan, index) => frameToFill(source, plan, feather, known(plan, index))),
    sampling: samplingOf(settings),
    seed,
    candidates,
    ...(first > 0 && { first }),
    feather,
    detail,
    texture,
    ...(prompt && { prompt }),
    ...(strength !== null && { strength }),
  };
}

/** A frame with the part of a picture that it can see. */
export function frameToFill(
  { picture, selection }: Pick<FillSource, 'picture' | 'selection'>,
  plan: FramePlan,
  feather: number,
  tokens: KnownTokens | null = null,
): FrameToFill {
  const region = regionFor(plan, picture.rect, feather);
  return {
    plan,
    region,
    picture: readRect(picture, region),
    selection: readRect(selection, region),
    ...(tokens && { tokens }),
  };
}

/** Whether a fill makes something where nothing was: a selected pixel is transparent. */
export function growsPicture({ frames }: FillParams): boolean {
  return frames.some(({ picture, selection }) => {
    for (let i = 0; i < selection.length; i++) {
      if (selection[i]! > 0 && picture[4 * i + 3] === 0) return true;
    }
    return false;
  });
}

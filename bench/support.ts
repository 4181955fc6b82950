import path from 'node:path';
import { fillDocument, paramsOf } from '../core/document/fillDocument.ts';
import { documentOf } from '../core/document/document.ts';
import type { FillControl } from '../core/fill/fillFrames.ts';
import type { FillOutcome, FillParams } from '../core/fill/params.ts';
import { DEFAULT_SETTINGS } from '../core/fill/settings.ts';
import type { Model } from '../core/model/model.ts';
import { readPicture } from '../electron/io/readPicture.ts';
import type { Mask } from '../core/pixels/masks/mask.ts';
import { crop } from '../core/pixels/crop.ts';
import type { Picture } from '../core/pixels/picture.ts';
import type { Rect, Size } from '../core/base/geometry.ts';
import { toPicture, toPlanes } from '../core/pixels/planes.ts';
import { type Preset, PRESETS } from '../core/sampling/presets.ts';
import type { Prompt } from '../core/sampling/request.ts';
import { DEFAULT_PACKAGE, embeddedPackages } from '../native-models/runtime/findPackages.ts';
import { type LoadedPackage, loadPackage } from '../native-models/runtime/loadPackage.ts';

/** The embedded package, or the one in a folder, ready to run. */
export async function readyPackage(root: string, folder?: string): Promise<LoadedPackage> {
  const model = await loadPackage(folder ?? path.join(embeddedPackages(root), DEFAULT_PACKAGE));
  await model.warmUp();
  return model;
}

/** A sample photograph at a size: a part of it at 1:1, or all of it enlarged. */
export async function samplePicture(root: string, width: number, height: number): Promise<Picture> {
  const { picture } = await readPicture(path.join(root, 'assets/samples/nuthatch.jpg'));
  if (width <= picture.width && height <= picture.height) {
    const x = (picture.width - width) >> 1;
    const y = (picture.height - height) >> 1;
    return crop(picture, { x, y, width, height });
  }
  const all = { x: 0, y: 0, width: picture.width, height: picture.height };
  return toPicture(toPlanes(picture, all, { width, height }));
}

/** A selection of one rectangle. */
export function rectangle({ width, height }: Size, rect: Rect): Mask {
  const data = new Uint8Array(width * height);
  for (let y = rect.y; y < rect.y + rect.height; y++) {
    data.fill(255, y * width + rect.x, y * width + rect.x + rect.width);
  }
  return { width, height, data };
}

/** A centred square that covers a share of a picture's area. */
export function centredSquare({ width, height }: Size, share: number): Rect {
  const side = Math.round(Math.sqrt(share * width * height));
  return { x: (width - side) >> 1, y: (height - side) >> 1, width: side, height: side };
}

/** A fill of a picture whose pixels lie row by row. */
export interface FillJob {
  readonly picture: Picture;
  readonly selection: Mask; // of the picture's size
  readonly sampling: Preset;
  readonly seed: number;
  readonly candidates: number;
  readonly feather: number; // px
  readonly detail: number; // 0 .. 1
  readonly texture?: number; // 0 .. 1; as usual where absent
  readonly scale?: number; // picture px per model px; chosen around the selection where absent
  readonly strength?: number; // of a repair
  readonly prompt?: Prompt;
}

/** A Balanced fill. */
export function balancedJob(picture: Picture, selection: Mask, candidates = 1): FillJob {
  return { picture, selection, sampling: PRESETS.balanced, seed: 1, candidates, feather: 0, detail: 1 };
}

/** The params of a job. */
export function paramsOfJob(model: Model, job: FillJob): FillParams {
  return paramsOf(model, documentOf(job.picture, job.selection), settingsOf(job));
}

/** Makes a document of the job's picture, and fills it. */
export async function fillPicture(
  model: Model,
  job: FillJob,
  control: FillControl = {},
): Promise<FillOutcome> {
  const document = documentOf(job.picture, job.selection);
  return (await fillDocument(model, document, settingsOf(job), control)).outcome;
}

function settingsOf({
  sampling,
  seed,
  candidates,
  feather,
  detail,
  texture,
  scale,
  strength,
  prompt,
}: FillJob) {
  const settings = {
    candidates,
    feather,
    detail,
    scale: scale ?? null,
    seed,
    ...(texture !== undefined && { texture }),
    ...(strength !== undefined && { strength }),
    ...(prompt !== undefined && { prompt }),
  };
  return { ...DEFAULT_SETTINGS, ...settings, changes: sampling };
}

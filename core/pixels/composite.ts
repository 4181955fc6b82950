import { TesseraError } from '../base/errors.ts';
import { bounds as boundsOf, cropMask, type Mask } from './masks/mask.ts';
import { featherInward } from './masks/feather.ts';
import { membraneOver } from './membrane.ts';
import type { Picture, PixelPatch, Planes } from './picture.ts';
import { spreadResidual } from './spreadResidual.ts';
import type { Rect } from '../base/geometry.ts';
import { crop } from './crop.ts';
import { fullRect, growRect, intersectRects } from '../base/geometry.ts';

/** What {@link composite} puts together. */
export interface CompositeInput {
  readonly picture: Picture;
  readonly rect: Rect; // picture px, where `fill` lies; may reach outside the picture
  readonly fill: Planes; // at the size of `rect`
  /** What the border is compared with instead of the fill: what the picture is taken to show. At the size of `rect`. */
  readonly reference?: Planes;
  readonly detail?: Planes; // likewise; added to the fill, but not to what the border is compared with
  readonly selection: Mask; // at the size of the picture
  readonly feather: number; // px, inwards from the border of the selection
  /** How far, px, the fill bends to meet what it does not continue; all the way if left out. */
  readonly reach?: number;
  /** Only the selection in here is filled; the rest of it counts as unknown. All of `rect` if left out. */
  readonly bounds?: Rect; // picture px
}

/**
 * A fill laid into a picture so that no seam is left: what the decoder gets wrong at the border of the selection
 * (original - fill, or original - reference; known outside it) is spread over it as a membrane and added to the fill.
 * Bytes of pixels that are not selected are those of the picture. The patch covers no more than the selection in
 * `bounds`; where there is none it is empty.
 */
export function composite(input: CompositeInput): PixelPatch {
  const { picture, rect, fill, reference = fill, selection } = input;
  checkSizes(input);
  const visible = intersectRects(rect, fullRect(picture));
  const target = boundsOf(selection, intersectRects(visible, input.bounds ?? rect));
  if (!target) return { rect: { x: rect.x, y: rect.y, width: 0, height: 0 }, data: new Uint8Array() };

  // One pixel around the selection is all that the membrane needs to know.
  const work = intersectRects(growRect(target, 1), visible);
  const original = crop(picture, work);
  const selected = cropMask(selection, target);
  const alpha = alphaIn(selection, target, Math.max(0, input.feather));
  const unknown = unknownIn(selection, work, original);
  const spread = spreadResidual(unknown, membraneOver(unknown), input.reach ?? Infinity);
  const patch = crop(picture, target);
  const weights = fillWeights(patch.data, selected.data, alpha.data);
  const channel = new Float32Array(work.width * work.height);
  for (let c = 0; c < 3; c++) {
    residual(original, c, reference, rect, work, channel);
    spread(channel);
    addFill(fill, c, rect, work, channel);
    if (input.detail) addFill(input.detail, c, rect, work, channel);
    blend(patch.data, c, channel, work, target, weights);
  }
  raiseAlpha(patch.data, selected.data);
  return { rect: target, data: patch.data };
}

function checkSizes({ picture, rect, fill, selection }: CompositeInput): void {
  if (fill.width !== rect.width || fill.height !== rect.height) {
    throw new TesseraError(
      'internal',
      `A fill of ${fill.width} x ${fill.height} px was made for a region of ${rect.width} x ${rect.height} px.`,
    );
  }
  if (selection.width !== picture.width || selection.height !== picture.height) {
    throw new TesseraError(
      'input',
      `The mask is ${selection.width} x ${selection.height} px, the picture ${picture.width} x ${picture.height} px.`,
      'Give a mask of the size of the picture.',
    );
  }
}

/** The feathered selection in `target`; measured a little further out, so that its cut edges are no borders. */
function alphaIn(selection: Mask, target: Rect, feather: number): Mask {
  const around = intersectRects(growRect(target, Math.ceil(feather) + 1), fullRect(selection));
  const soft = featherInward(cropMask(selection, around), feather);
  return cropMask(soft, { ...target, x: target.x - around.x, y: target.y - around.y });
}

/** Where the residual says nothing: selected pixels, and transparent ones, whose colour has no meaning. */
function unknownIn(selection: Mask, work: Rect, original: Picture): Mask {
  const mask = cropMask(selection, work);
  for (let i = 0; i < mask.data.length; i++) if (original.data[4 * i + 3] === 0) mask.data[i] = 255;
  return mask;
}

function residual(
  original: Picture,
  c: number,
  fill: Planes,
  rect: Rect,
  work: Rect,
  channel: Float32Array,
): void {
  for (let y = 0; y < work.height; y++) {
    const to = y * work.width;
    const from = fillOffset(fill, c, rect, work, y);
    for (let x = 0; x < work.width; x++) {
      channel[to + x] = original.data[4 * (to + x) + c]! - 255 * fill.data[from + x]!;
    }
  }
}

function addFill(fill: Planes, c: number, rect: Rect, work: Rect, channel: Float32Array): void {
  for (let y = 0; y < work.height; y++) {
    const to = y * work.width;
    const from = fillOffset(fill, c, rect, work, y);
    for (let x = 0; x < work.width; x++) channel[to + x]! += 255 * fill.data[from + x]!;
  }
}

function fillOffset(fill: Planes, c: number, rect: Rect, work: Rect, y: number): number {
  return (c * fill.height + work.y - rect.y + y) * fill.width + work.x - rect.x;
}

/**
 * The share of the fill in the colour of each pixel, 0 to 1: the feathered selection over what is opaque, and all of
 * the selection over what is transparent, since there is nothing there to fade into.
 */
function fillWeights(rgba: Uint8Array, selected: Uint8Array, alpha: Uint8Array): Float32Array {
  const weights = new Float32Array(alpha.length);
  for (let i = 0; i < alpha.length; i++) {
    if (selected[i] === 0) continue;
    const opaque = rgba[4 * i + 3]! / 255;
    const fill = alpha[i]! + (selected[i]! - alpha[i]!) * (1 - opaque);
    weights[i] = fill / (selected[i]! + opaque * (255 - selected[i]!));
  }
  return weights;
}

/** Mixes one channel into the patch. */
function blend(
  rgba: Uint8Array,
  c: number,
  channel: Float32Array,
  work: Rect,
  target: Rect,
  weights: Float32Array,
): void {
  for (let y = 0; y < target.height; y++) {
    const from = (target.y - work.y + y) * work.width + target.x - work.x;
    for (let x = 0; x < target.width; x++) {
      const i = y * target.width + x;
      const weight = weights[i]!;
      if (weight === 0) continue;
      const before = rgba[4 * i + c]!;
      const value = before + (channel[from + x]! - before) * weight;
      rgba[4 * i + c] = value <= 0 ? 0 : value >= 255 ? 255 : Math.round(value);
    }
  }
}

function raiseAlpha(rgba: Uint8Array, selected: Uint8Array): void {
  for (let i = 0; i < selected.length; i++) {
    const s = selected[i]!;
    if (s > 0) rgba[4 * i + 3] = Math.round(s + (rgba[4 * i + 3]! * (255 - s)) / 255);
  }
}

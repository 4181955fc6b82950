import type { Abort } from '../base/abort.ts';
import { transferDetail, type Surroundings, surroundings } from './detail/transferDetail.ts';
import { correctColourBias } from './detail/colourBias.ts';
import { cellBounds, cellsInPicture, growCells } from '../frames/cells.ts';
import { composite } from '../pixels/composite.ts';
import type { Picture, PixelPatch, Planes } from '../pixels/picture.ts';
import type { Rect } from '../base/geometry.ts';
import { type Drawn, followPicture } from './followPicture.ts';
import { resizePlanes } from '../pixels/resample.ts';
import { emptyPlanes } from '../model/slices.ts';
import { decodeRegion, tiled } from '../model/tiling.ts';
import { inGrey, tinted, type Tint, tintOf } from './detail/tint.ts';
import type { Tokenizer } from '../model/tokenizer.ts';
import type { TokenGrid } from '../tokens/grid.ts';
import type { Frame } from '../frames/frame.ts';
import type { FramePlan } from '../frames/planFrames.ts';
import { cropMask, type Mask } from '../pixels/masks/mask.ts';
import type { Clock } from './clock.ts';
import { type FillParams, type FillPhase, type FrameToFill, pixelsOf } from './params.ts';

/** A frame whose hole is filled, and how what fills it is laid in. */
export interface Composition {
  readonly tokenizer: Tokenizer;
  readonly plan: FramePlan;
  readonly picture: Picture; // what the frame can see
  readonly selection: Mask; // likewise
  readonly hole: readonly number[]; // flat cell indices
  readonly tint: Tint | null; // the colours that the fill keeps to; null for any
  readonly feather: number; // px
  readonly detail: number; // 0 .. 1
  readonly texture: number; // 0 .. 1
  readonly pins: readonly number[]; // cells of the hole that a person painted: they stay as the model draws them
  readonly clock: Clock<FillPhase> | null;
}

/** So many pixels take seconds to draw: a first look at them is worth its time. */
const LARGE = 1 << 16;

/** How far around the hole detail is transferred from, tokens. */
const REACH = 12;

/** How fills of a frame are laid in. Hints keep the colours that they are painted in. */
export function compositionOf(
  tokenizer: Tokenizer,
  frame: FrameToFill,
  hole: readonly number[],
  { feather, detail, texture }: Pick<FillParams, 'feather' | 'detail' | 'texture'>,
  clock: Clock<FillPhase> | null,
): Composition {
  const { plan, tokens } = frame;
  const { picture, selection } = pixelsOf(frame);
  const pins = tokens?.pins ?? [];
  const tint = pins.length > 0 ? null : tintOf(picture, selection, plan.frame.rect);
  return { tokenizer, plan, picture, selection, hole, tint, feather, detail, texture, pins, clock };
}

/** What is known around the hole, decoded, so that its detail can be transferred to the fill; null where none is wanted. */
export async function surroundingsOf(
  { tokenizer, plan: { frame }, picture, hole, detail, clock }: Composition,
  known: TokenGrid,
  signal?: Abort,
): Promise<Surroundings | null> {
  if (detail === 0) return null;
  const cells = growCells(cellBounds(hole, frame), REACH, frame);
  const { planes } = await timed(clock, 'decode', () => decodeRegion(tiled(tokenizer), known, cells, signal));
  return timed(clock, 'composite', () =>
    surroundings(picture, frame, Int32Array.from(hole), { cells, planes }),
  );
}

/** A fill as it is decoded. */
interface Rendered {
  readonly rect: Rect; // picture px
  readonly unit: number; // picture px per token
  readonly fill: Planes; // of `rect`
  readonly detail: Planes | null; // likewise
}

/**
 * Decodes the neighbourhood of the hole and lays it into the picture, as a patch: drawn with patches of the picture where the
 * texture is to come from there, or as the model draws it, with detail transferred from the surroundings.
 *
 * @param onPreview hears how the model draws it, before patches of the picture are sought, and of a large hole what the coarsest
 * of these give
 */
export async function composeFrame(
  composition: Composition,
  around: Surroundings | null,
  grid: TokenGrid,
  signal?: Abort,
  onPreview?: (patch: PixelPatch) => void,
): Promise<PixelPatch> {
  const { plan, picture, selection, pins, feather, texture, clock } = composition;
  const rendered = await renderFrame(composition, around, grid, signal);
  const modelled = await timed(clock, 'composite', () => layIn(composition, rendered, selection, feather));
  if (texture === 0) return modelled;
  onPreview?.(modelled);
  // Patches see the whole of what is planned: nothing of the original shows through a soft selection.
  const isWhole = feather === 0 && selection.data.every((value) => value === 0 || value === 255);
  const whole = { ...selection, data: selection.data.map((value) => (value > 0 ? 255 : 0)) };
  const patch = isWhole
    ? modelled
    : await timed(clock, 'composite', () => layIn(composition, rendered, whole, 0));
  const finish = (drawn: Drawn): PixelPatch => {
    const fill = { ...rendered, fill: drawn.planes, detail: null };
    return mixed(modelled, layIn(composition, fill, selection, feather), drawn.shares, rendered.rect);
  };
  const selected = cropMask(selection, modelled.rect).data.reduce((sum, value) => sum + Number(value > 0), 0);
  const drawn = await timed(clock, 'synthesis', () =>
    followPicture({ plan, picture, selection, pins, patch }, rendered.rect, {
      texture,
      ...(onPreview &&
        selected >= LARGE && {
          onFirstScale: (first: Drawn) => {
            onPreview(finish(first));
          },
        }),
      ...(signal && { signal }),
    }),
  );
  return drawn ? timed(clock, 'composite', () => finish(drawn)) : modelled;
}

/** A hole as patches of the picture alone draw it. */
export interface PatchPlan {
  readonly whole: PixelPatch; // nothing of the original shows through
  readonly patch: PixelPatch; // as it is laid in, feathered
}

/**
 * Draws the hole with patches of the picture over all scales, without a plan of the model's; null where no patch is known.
 *
 * @param seed of the search, 0 .. 2^32 - 1
 */
export async function drawPatches(
  composition: Composition,
  seed: number,
  signal?: Abort,
): Promise<PatchPlan | null> {
  const { plan, picture, selection, hole, pins, feather, clock } = composition;
  const { rect, unit } = placeOf(plan.frame, hole);
  const whole = { ...selection, data: selection.data.map((value) => (value > 0 ? 255 : 0)) };
  const nothing = { rect, unit, fill: emptyPlanes(rect.width, rect.height), detail: null };
  return timed(clock, 'synthesis', async () => {
    // All of it is residual: the border, stretched over the hole.
    const patch = layIn(composition, nothing, whole, 0, Infinity);
    const following = { texture: 1, seed, freely: true, ...(signal && { signal }) } as const;
    const drawn = await followPicture({ plan, picture, selection, pins, patch }, rect, following);
    if (!drawn) return null;
    const rendered = { rect, unit, fill: drawn.planes, detail: null };
    return {
      whole: layIn(composition, rendered, whole, 0),
      patch: layIn(composition, rendered, selection, feather),
    };
  });
}

/** Two patches of one rectangle, each pixel by the share (of those of `rect`) that the second has. */
function mixed(first: PixelPatch, second: PixelPatch, shares: Float32Array, rect: Rect): PixelPatch {
  const { x, y, width } = first.rect;
  const data = first.data.map((value, i) => {
    const pixel = i >> 2;
    const row = y - rect.y + Math.floor(pixel / width);
    const share = shares[row * rect.width + x - rect.x + (pixel % width)]!;
    return Math.round(value + share * (second.data[i]! - value));
  });
  return { rect: first.rect, data };
}

/** Decodes a fill and corrects its colours. */
async function renderFrame(
  { tokenizer, plan, hole, tint, detail, clock }: Composition,
  around: Surroundings | null,
  grid: TokenGrid,
  signal?: Abort,
): Promise<Rendered> {
  const { cells, rect, unit } = placeOf(plan.frame, hole);
  const { planes } = await timed(clock, 'decode', () => decodeRegion(tiled(tokenizer), grid, cells, signal));
  return timed(clock, 'composite', () => {
    const decoded = resizePlanes(planes, rect.width, rect.height);
    const bias = around && correctColourBias(around.bias, { cells, planes }, plan.frame.columns, unit);
    const fill = bias ? sumOf(decoded, bias) : decoded;
    const transferred = around && transferDetail(around, { cells, planes }, detail);
    return {
      rect,
      unit,
      // Before the border is met: a stain that reaches in keeps its colour there.
      fill: tint ? tinted(fill, tint) : fill,
      detail: transferred && (tint ? inGrey(transferred) : transferred),
    };
  });
}

/** Where a hole is rendered: one token around it, since the known pixels beside the selection tell how far off the fill is there. */
function placeOf(frame: Frame, hole: readonly number[]): { cells: Rect; rect: Rect; unit: number } {
  const cells = growCells(cellBounds(hole, frame), 1, frame);
  const rect = cellsInPicture(cells, frame);
  return { cells, rect, unit: rect.width / cells.width };
}

/** @param reach see composite; two tokens if left out */
function layIn(
  { picture, plan }: Composition,
  { rect, unit, fill, detail }: Rendered,
  selection: Mask,
  feather: number,
  reach = 2 * unit,
): PixelPatch {
  return composite({
    picture,
    rect,
    fill,
    ...(detail && { detail }),
    selection,
    feather,
    reach,
    bounds: plan.bounds,
  });
}

function timed<T>(clock: Clock<FillPhase> | null, phase: FillPhase, work: () => T | Promise<T>): Promise<T> {
  return clock ? clock.time(phase, work) : Promise.resolve(work());
}

function sumOf(a: Planes, b: Planes): Planes {
  return { ...a, data: a.data.map((value, i) => value + b.data[i]!) };
}

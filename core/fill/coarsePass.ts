import type { Abort } from '../base/abort.ts';
import { fullRect, intersectRects, isEmptyRect, type Rect } from '../base/geometry.ts';
import { cellBounds, cellsInPicture } from '../frames/cells.ts';
import type { Frame } from '../frames/frame.ts';
import { regionFor } from '../frames/regionFor.ts';
import { tiled } from '../model/tiling.ts';
import { crop, pastePatch } from '../pixels/crop.ts';
import { cropMask, type Mask } from '../pixels/masks/mask.ts';
import { squaredDistances } from '../pixels/masks/distance.ts';
import type { PixelPatch } from '../pixels/picture.ts';
import { MASK } from '../tokens/grid.ts';
import type { Preset } from '../sampling/presets.ts';
import type { FrameTask } from './fillFrame.ts';
import { type FrameToFill, pixelsOf } from './params.ts';
import { prefill } from './prefill.ts';

/** How far the middle of a hole is from what is known, at least, for a coarse pass to help; nearer, structure runs on anyway. */
const DEEP = 4; // tokens

/** The share of the hole that comes from a coarse pass. The rest is drawn around it, or the fill would stay as coarse. */
export const COARSE_SHARE = 0.5;

/**
 * The temperature of a coarse pass, as a share of its fill's. What is drawn coarsely decides what is there and where it ends, and
 * a guess there spreads over all of the hole; texture comes at the finer scale.
 */
const COOLED = 0.4;

/** How the coarse pass of a fill with these settings is drawn. */
export function coarsePreset(preset: Preset): Preset {
  return { ...preset, temperature: COOLED * preset.temperature };
}

/** Whether a hole is filled at a coarser scale first. A coarse pass does not overrule what a person painted into the hole. */
export function needsCoarsePass({ plan, start, tokens }: FrameToFill, hole: readonly number[]): boolean {
  return plan.coarse !== undefined && !start && !tokens?.pins.length && isDeep(hole, plan.frame);
}

function isDeep(hole: readonly number[], { columns, rows }: Frame): boolean {
  if (hole.length === columns * rows) return false;
  const known = new Uint8Array(columns * rows).fill(1);
  for (const cell of hole) known[cell] = 0;
  const distances = squaredDistances(known, columns, rows);
  return hole.some((cell) => distances[cell]! >= DEEP * DEEP);
}

/**
 * What patches say of a hole, as tokens of its frame: the picture with each of them is encoded, and the cells of the hole
 * that it covers are read off.
 *
 * @returns [patches][hole], MASK where a patch says nothing: other frames see to what is selected there
 */
export async function readTokens(
  { model, frame: { plan, ...seen }, clock }: Pick<FrameTask, 'model' | 'frame' | 'clock'>,
  hole: readonly number[],
  patches: readonly PixelPatch[],
  signal?: Abort,
): Promise<number[][]> {
  const { frame, bounds } = plan;
  const { picture, selection } = pixelsOf({ plan, ...seen });
  const region = regionFor({ frame, bounds }, seen.region, 0);
  const elsewhere = without({ ...region, data: cropMask(selection, region).data }, bounds);
  const { downsample } = model.tokenizer;
  const size = { width: frame.columns * downsample, height: frame.rows * downsample }; // model px
  const covered = hole.map((cell) => !isEmptyRect(intersectRects(footprint(cell, frame), bounds)));
  const tokens: number[][] = [];
  for (const patch of patches) {
    const filled = { ...region, data: crop(picture, region).data };
    pastePatch(filled, patch);
    const { grid } = await clock.time('encode', () =>
      tiled(model.tokenizer).encode(prefill(filled, frame.rect, elsewhere, size), signal),
    );
    tokens.push(hole.map((cell, i) => (covered[i] ? grid.ids[cell]! : MASK)));
  }
  return tokens;
}

/** What is selected outside a rectangle; the mask's own data is changed. */
function without(selection: Mask, rect: Rect): Mask {
  const whole = fullRect(selection);
  const { x, y, width, height } = intersectRects(rect, whole);
  for (let row = y - whole.y; row < y - whole.y + height; row++) {
    const from = row * whole.width + x - whole.x;
    selection.data.fill(0, from, from + width);
  }
  return selection;
}

function footprint(cell: number, frame: Frame): Rect {
  return cellsInPicture(cellBounds([cell], frame), frame);
}

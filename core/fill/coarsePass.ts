import type { Abort } from '../base/abort.ts';
import { cellBounds, cellsInPicture } from '../frames/cells.ts';
import type { Frame } from '../frames/frame.ts';
import { movePlan } from '../frames/movePlan.ts';
import { regionFor } from '../frames/regionFor.ts';
import { cropMask } from '../pixels/masks/crop.ts';
import { squaredDistances } from '../pixels/masks/distance.ts';
import type { Mask } from '../pixels/masks/mask.ts';
import { crop } from '../pixels/crop.ts';
import { applyPatch, type PixelPatch } from '../pixels/patch.ts';
import type { Rect } from '../base/geometry.ts';
import { prefill } from './prefill.ts';
import { fullRect, intersectRects, isEmptyRect } from '../base/geometry.ts';
import { tiled } from '../model/tiling.ts';
import { MASK } from '../tokens/grid.ts';
import type { Model } from '../model/model.ts';
import type { FillClock, FrameJob } from './fillJob.ts';
import { TILE } from './tile.ts';

/** How far the middle of a hole is from what is known, at least, for a sketch to help; nearer, structure runs on anyway. */
const DEEP = 4; // tokens

/** Whether a hole is filled at a coarser scale first. What a person painted into it is no sketch's to overrule. */
export function needsSketch({ plan, start, tokens }: FrameJob, hole: readonly number[]): boolean {
  return plan.sketch !== undefined && !start && !tokens?.pins.length && isDeep(hole, plan.frame);
}

function isDeep(hole: readonly number[], { columns, rows }: Frame): boolean {
  if (hole.length === columns * rows) return false;
  const known = new Uint8Array(columns * rows).fill(1);
  for (const cell of hole) known[cell] = 0;
  const distances = squaredDistances(known, columns, rows);
  return hole.some((cell) => distances[cell]! >= DEEP * DEEP);
}

/**
 * What coarser fills say of a hole, as tokens of the finer frame: the picture with each of `patches` is encoded, and
 * the cells of the hole that a patch covers are read off.
 *
 * @returns [patches][hole], MASK where a patch says nothing: other frames see to what is selected there
 */
export async function readSketches(
  { model, job, clock }: { readonly model: Model; readonly job: FrameJob; readonly clock: FillClock },
  hole: readonly number[],
  patches: readonly PixelPatch[],
  signal?: Abort,
): Promise<number[][]> {
  const region = regionFor({ frame: job.plan.frame, bounds: job.plan.bounds }, fullRect(job.picture), 0);
  const { frame, bounds } = movePlan(job.plan, -region.x, -region.y);
  const elsewhere = without(cropMask(job.selection, region), bounds);
  const { downsample } = model.tokenizer;
  const size = { width: frame.columns * downsample, height: frame.rows * downsample }; // model px
  const covered = hole.map((cell) => !isEmptyRect(intersectRects(footprint(cell, frame), bounds)));
  const sketches: number[][] = [];
  for (const { rect, ...patch } of patches) {
    const picture = crop(job.picture, region);
    applyPatch(picture, { ...patch, rect: { ...rect, x: rect.x - region.x, y: rect.y - region.y } });
    const { grid } = await clock.time('encode', () =>
      tiled(model.tokenizer, TILE).encode(prefill(picture, frame.rect, elsewhere, size), signal),
    );
    sketches.push(hole.map((cell, i) => (covered[i] ? grid.ids[cell]! : MASK)));
  }
  return sketches;
}

/** What is selected outside a rectangle. */
function without(selection: Mask, rect: Rect): Mask {
  const { x, y, width, height } = intersectRects(rect, fullRect(selection));
  for (let row = y; row < y + height; row++) {
    selection.data.fill(0, row * selection.width + x, row * selection.width + x + width);
  }
  return selection;
}

function footprint(cell: number, frame: Frame): Rect {
  return cellsInPicture(cellBounds([cell], frame), frame);
}

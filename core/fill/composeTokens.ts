import type { Abort } from '../base/abort.ts';
import type { FrameToFill } from './params.ts';
import type { Model } from '../model/model.ts';
import type { PixelPatch } from '../pixels/patch.ts';
import { FILL_PHASES } from './fillJob.ts';
import { composeFrame, surroundingsOf, toneAround } from './composeFrame.ts';
import { createClock } from './clock.ts';
import { jobOf } from './fillRegions.ts';
import { sketch } from './previews/previews.ts';

export interface TokensToCompose {
  readonly package: string; // id
  readonly frame: FrameToFill;
  readonly hole: readonly number[];
  readonly known: Int32Array; // [rows * columns] from the fill's outcome; stands in where `ids` are missing
  readonly ids: Int32Array; // [rows * columns], MASK where still missing
  readonly feather: number; // px
  readonly detail: number; // 0 .. 1
}

/**
 * What a frame of a document becomes with given tokens in its hole; a fill's own tokens give its own patch, byte for
 * byte. Document px.
 */
export async function composeTokens(
  { tokenizer }: Model,
  { frame, hole, known, ids, feather, detail }: Omit<TokensToCompose, 'package'>,
  signal?: Abort,
): Promise<PixelPatch> {
  const { columns: width, rows: height } = frame.plan.frame;
  const job = jobOf(frame);
  const composition = {
    tokenizer,
    job,
    hole,
    tone: toneAround(job),
    settings: { feather, detail },
    clock: createClock(FILL_PHASES),
  };
  const around = await surroundingsOf(composition, { width, height, ids: known }, signal);
  const grid = sketch({ width, height, ids: known }, ids);
  const { rect, data } = await composeFrame(composition, around, grid, signal);
  return { rect: { ...rect, x: rect.x + frame.region.x, y: rect.y + frame.region.y }, data };
}

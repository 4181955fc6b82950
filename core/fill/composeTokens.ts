import type { Abort } from '../base/abort.ts';
import type { Model } from '../model/model.ts';
import type { PixelPatch } from '../pixels/picture.ts';
import { withGapsFilled } from '../tokens/grid.ts';
import { composeFrame, compositionOf, surroundingsOf } from './composeFrame.ts';
import type { FrameToFill } from './params.ts';
import { emptyPatch, repairedPart } from './repairedPart.ts';

/** Tokens to lay into a frame as a fill lays in its own. */
export interface TokensToCompose {
  readonly package: string; // id
  readonly frame: FrameToFill;
  readonly hole: readonly number[];
  readonly known: Int32Array; // [rows * columns] from the fill's outcome; stands in where `ids` are missing
  readonly ids: Int32Array; // [rows * columns], MASK where still missing
  readonly feather: number; // px
  readonly detail: number; // 0 .. 1
  readonly texture: number; // 0 .. 1
  readonly repair?: boolean; // only pixels of tokens that are others than the known ones are drawn
}

/**
 * What a frame of a document becomes with given tokens in its hole; a fill's own tokens give its own patch, byte for
 * byte. Document px.
 */
export async function composeTokens(
  { tokenizer }: Pick<Model, 'tokenizer'>,
  { known, ids, feather, detail, texture, repair = false, ...whole }: Omit<TokensToCompose, 'package'>,
  signal?: Abort,
): Promise<PixelPatch> {
  const { columns: width, rows: height } = whole.frame.plan.frame;
  const { frame, hole } = repair ? repairedPart(whole.frame, whole.hole, known, ids) : whole;
  if (hole.length === 0) return emptyPatch(frame);
  const composition = compositionOf(tokenizer, frame, hole, { feather, detail, texture }, null);
  const grid = { width, height, ids: known };
  const around = await surroundingsOf(composition, grid, signal);
  return composeFrame(composition, around, withGapsFilled(grid, ids), signal);
}

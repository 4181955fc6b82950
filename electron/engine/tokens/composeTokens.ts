import type { Abort } from '../../../core/base/abort.ts';
import type { TokensToCompose } from '../../../core/contract/tokenApi.ts';
import type { PixelPatch } from '../../../core/pixels/patch.ts';
import type { LoadedPackage } from '../../../native-models/runtime/loadPackage.ts';
import { createClock } from '../clock.ts';
import { composeFrame, surroundingsOf, toneAround } from '../composeFrame.ts';
import { FILL_PHASES } from '../fillJob.ts';
import { jobOf } from '../fillRegions.ts';
import { sketch } from '../previews/previews.ts';

/**
 * What a frame of a document becomes with given tokens in its hole; a fill's own tokens give its own patch, byte for
 * byte. Document px.
 */
export async function composeTokens(
  { tokenizer }: LoadedPackage,
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

import { TesseraError } from '../../../core/base/errors.ts';
import { presetOf } from '../../../core/fill/settings.ts';
import type { Precision } from '../../../core/model/importing.ts';
import type { CodecPlan } from '../codec/plan.ts';
import { CODECS, DENOISERS } from '../families/families.ts';
import { openWeights } from '../recognise/openModel.ts';
import type { Located, Recognised, Shapes, TokenizerPiece } from '../recognise/piece.ts';
import { partShapes } from '../weights.ts';
import { codecWork } from './codecWork.ts';
import { blockSpeed, convolutionSpeed } from './machineSpeed.ts';

/**
 * About how long a Balanced fill in one window will take here, ms, with a model that is not imported yet: what it multiplies,
 * by how fast this machine multiplied a sample. A prompt's model runs once and is left out.
 *
 * @returns null without a denoiser, and for a variant that cannot be run
 */
export async function expectedFill({
  tokenizer,
  denoiser,
}: Pick<Recognised, 'tokenizer' | 'denoiser'>): Promise<Readonly<Record<Precision, number>> | null> {
  const family = denoiser && DENOISERS[denoiser.family];
  const planOf = tokenizer && CODECS[tokenizer.family];
  if (!tokenizer || !family || !planOf) return null;
  const cells = denoiser.side ** 2;
  const work = await workOfCodec(tokenizer, planOf, cells);
  if (work === null) return null;
  const codec = work / (await convolutionSpeed());
  const passes = presetOf('balanced', family.sampling).steps * (family.conditioning === 'clip-text' ? 2 : 1); // guidance
  const products = passes * denoiser.values * cells;
  const floats = codec + products / (await blockSpeed(cells, 'float'));
  return { full: floats, half: floats, int8: codec + products / (await blockSpeed(cells, 'int8')) };
}

/** Multiplications that encode and decode a window; null where it cannot be said how. */
async function workOfCodec(
  piece: Located<TokenizerPiece>,
  planOf: (shapes: Shapes) => CodecPlan,
  cells: number,
): Promise<number | null> {
  const checkpoint = await openWeights(piece.file);
  try {
    const shapes = partShapes(checkpoint, piece.prefix);
    const { encoder, decoder } = planOf(shapes);
    const px = cells * piece.downsample ** 2;
    return codecWork(encoder, shapes, px) + codecWork(decoder, shapes, cells);
  } catch (error) {
    if (error instanceof TesseraError) return null; // said where a package is made of it
    throw error;
  } finally {
    await checkpoint.close();
  }
}

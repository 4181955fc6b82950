import { extname } from 'node:path';
import type { Likelihoods } from '../../core/sampling/likelihoods.ts';
import type { TokenGrid } from '../../core/tokens/grid.ts';
import type { TokenFile } from '../../core/tokens/tokenFile.ts';
import { atomicWrite } from './files/atomicWrite.ts';
import { formatFloatNpy } from './npy.ts';

/** What a model thinks of the tokens of a grid. */
export interface MeasuredTokens extends Likelihoods {
  readonly package: TokenFile['package'];
  readonly grid: TokenGrid;
}

/**
 * Writes likelihoods atomically: `.npy` as float32 [2, rows, columns], probabilities (NaN where a token is missing) and
 * then entropies in bits; any other name as JSON.
 *
 * @throws TesseraError 'output' when it cannot be written
 */
export async function writeLikelihoods(path: string, measured: MeasuredTokens): Promise<void> {
  await atomicWrite(path, extname(path).toLowerCase() === '.npy' ? arrayOf(measured) : textOf(measured));
}

function arrayOf({ grid, probabilities, entropies }: MeasuredTokens): Uint8Array {
  const values = new Float32Array(2 * grid.ids.length);
  values.set(probabilities);
  values.set(entropies, grid.ids.length);
  return formatFloatNpy([2, grid.height, grid.width], values);
}

function textOf({ package: made, grid, probabilities, entropies }: MeasuredTokens): Uint8Array {
  const { width, height, ids } = grid;
  const fields = {
    package: made,
    width,
    height,
    ids: Array.from(ids),
    probabilities: Array.from(probabilities, (value) => (Number.isNaN(value) ? null : value)),
    entropies: Array.from(entropies), // bits
  };
  return new TextEncoder().encode(`${JSON.stringify(fields)}\n`);
}

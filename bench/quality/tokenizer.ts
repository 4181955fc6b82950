import type { Picture } from '../../core/pixels/picture.ts';
import type { TokenGrid } from '../../core/tokens/grid.ts';
import type { LoadedPackage } from '../../native-models/runtime/loadPackage.ts';
import { round, type Row } from '../report.ts';
import type { FeatureNetwork } from './features/network.ts';
import { planesOf } from './fills.ts';
import { frechet } from './frechet.ts';
import { entropy, perplexity, psnr, ssim } from './metrics.ts';

/** How well pictures come back from their tokens, how evenly the codes are used, and the tokens themselves. */
export async function measureTokenizer(
  model: LoadedPackage,
  crops: readonly Picture[],
  features: FeatureNetwork,
): Promise<{ row: Row; grids: TokenGrid[]; unigramBits: number }> {
  const counts = new Float64Array(model.tokenizer.codes);
  const grids: TokenGrid[] = [];
  const vectors = { true: [] as Float32Array[], decoded: [] as Float32Array[] };
  const sums = { psnr: 0, ssim: 0 };
  for (const picture of crops) {
    const truth = planesOf(picture);
    const { grid } = await model.tokenizer.encode(truth);
    const decoded = await model.tokenizer.decode(grid);
    for (const id of grid.ids) counts[id]!++;
    grids.push(grid);
    sums.psnr += psnr(truth, decoded);
    sums.ssim += ssim(truth, decoded);
    vectors.true.push(...(await features(truth)));
    vectors.decoded.push(...(await features(decoded)));
  }
  const row = {
    'PSNR dB': round(sums.psnr / crops.length),
    SSIM: round(sums.ssim / crops.length),
    'codes in use': counts.filter((count) => count > 0).length,
    perplexity: round(perplexity(counts)),
    'Fréchet distance x 1000': round(1000 * frechet(vectors.true, vectors.decoded)),
  };
  return { row, grids, unigramBits: entropy(counts) };
}

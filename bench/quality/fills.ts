import type { Mask } from '../../core/pixels/masks/mask.ts';
import type { Picture, Planes } from '../../core/pixels/picture.ts';
import { toPlanes } from '../../core/pixels/planes.ts';
import { fullRect } from '../../core/base/geometry.ts';
import { round, type Row } from '../report.ts';
import type { FeatureNetwork } from './features/network.ts';
import type { Filler } from './filler.ts';
import { frechet } from './frechet.ts';
import { absoluteError, borderStep, edgeEnergy, psnr } from './metrics.ts';
import { patchesIn, slicedWasserstein } from './slicedWasserstein.ts';

/**
 * Fills `mask` in every crop and compares with what was there: PSNR and mean absolute error (levels of 255) inside the
 * hole; edge energy and the step at the border relative to the truth's (1 is as in the photograph); how far the fills
 * as a whole are from the truth in texture and in the features of our own network.
 */
export async function measureFills(
  fill: Filler,
  crops: readonly Picture[],
  mask: Mask,
  features: FeatureNetwork,
): Promise<{ row: Row; filled: Picture[] }> {
  const sums = { psnr: 0, l1: 0, edges: 0, trueEdges: 0, step: 0, trueStep: 0, ms: 0 };
  const patches = { true: [] as Float32Array[], filled: [] as Float32Array[] };
  const vectors = { true: [] as Float32Array[], filled: [] as Float32Array[] };
  const all: Picture[] = [];
  for (const picture of crops) {
    const started = performance.now();
    const filled = await fill(picture, mask);
    sums.ms += performance.now() - started;
    all.push(filled);
    const [truth, result] = [planesOf(picture), planesOf(filled)];
    sums.psnr += psnr(truth, result, mask);
    sums.l1 += absoluteError(truth, result, mask);
    sums.edges += edgeEnergy(result, mask);
    sums.trueEdges += edgeEnergy(truth, mask);
    sums.step += borderStep(result, mask);
    sums.trueStep += borderStep(truth, mask);
    patches.true.push(...patchesIn(truth, mask));
    patches.filled.push(...patchesIn(result, mask));
    vectors.true.push(...(await features(truth, mask)));
    vectors.filled.push(...(await features(result, mask)));
  }
  const row = {
    'PSNR dB': round(sums.psnr / crops.length),
    L1: round(sums.l1 / crops.length),
    'edges / truth': round(sums.edges / sums.trueEdges),
    'seam / truth': round(sums.step / sums.trueStep),
    'texture distance': round(1000 * slicedWasserstein(patches.true, patches.filled, 1)),
    'Fréchet distance x 1000': round(1000 * frechet(vectors.true, vectors.filled)),
    'ms per fill': round(sums.ms / crops.length),
  };
  return { row, filled: all };
}

export function planesOf(picture: Picture): Planes {
  return toPlanes(picture, fullRect(picture), picture);
}

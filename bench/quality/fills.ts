import type { Mask } from '../../core/masks/mask.ts';
import { applyPatch } from '../../core/pixels/patch.ts';
import type { Picture, Planes } from '../../core/pixels/picture.ts';
import { toPlanes } from '../../core/pixels/planes.ts';
import { fullRect } from '../../core/pixels/rect.ts';
import type { Preset } from '../../core/sampling/presets.ts';
import { fillPicture } from '../../electron/engine/fillPicture.ts';
import type { LoadedPackage } from '../../native-models/runtime/loadPackage.ts';
import { round, type Row } from '../report.ts';
import { borderStep, edgeEnergy, psnr } from './metrics.ts';
import { patchesIn, slicedWasserstein } from './slicedWasserstein.ts';

/**
 * Fills `mask` in every crop with one seed and compares with what was there: PSNR inside the hole; edge energy and the
 * step at the border relative to the truth's (1 is as in the photograph); how far the fills' texture as a whole is
 * from the truth's.
 */
export async function measureFills(
  model: LoadedPackage,
  crops: readonly Picture[],
  mask: Mask,
  sampling: Preset,
): Promise<Row> {
  const decibels: number[] = [];
  const patches = { true: [] as Float32Array[], filled: [] as Float32Array[] };
  let [edges, trueEdges, step, trueStep, ms] = [0, 0, 0, 0, 0];
  for (const picture of crops) {
    const started = performance.now();
    const filled = await fillOne(model, picture, mask, sampling);
    ms += performance.now() - started;
    const [truth, result] = [planesOf(picture), planesOf(filled)];
    decibels.push(psnr(truth, result, mask));
    edges += edgeEnergy(result, mask);
    trueEdges += edgeEnergy(truth, mask);
    step += borderStep(result, mask);
    trueStep += borderStep(truth, mask);
    patches.true.push(...patchesIn(truth, mask));
    patches.filled.push(...patchesIn(result, mask));
  }
  return {
    'PSNR dB': round(decibels.reduce((sum, value) => sum + value, 0) / crops.length),
    'edges / truth': round(edges / trueEdges),
    'seam / truth': round(step / trueStep),
    'texture distance': round(1000 * slicedWasserstein(patches.true, patches.filled, 1)),
    'ms per fill': round(ms / crops.length),
  };
}

async function fillOne(
  model: LoadedPackage,
  picture: Picture,
  selection: Mask,
  sampling: Preset,
): Promise<Picture> {
  const settings = { seed: 1, candidates: 1, feather: 0, detail: 1, scale: 1 };
  const { candidates } = await fillPicture(model, { picture, selection, sampling, ...settings });
  const filled = { ...picture, data: picture.data.slice() };
  for (const patch of candidates[0]!.patches) applyPatch(filled, patch);
  return filled;
}

export function planesOf(picture: Picture): Planes {
  return toPlanes(picture, fullRect(picture), picture);
}

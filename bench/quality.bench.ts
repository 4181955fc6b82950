import path from 'node:path';
import { parseArgs } from 'node:util';
import { applyPatch } from '../core/pixels/patch.ts';
import { fullRect } from '../core/pixels/rect.ts';
import type { Picture, Planes } from '../core/pixels/picture.ts';
import { toPlanes } from '../core/pixels/planes.ts';
import { PRESETS, type PresetName } from '../core/sampling/presets.ts';
import type { TokenGrid } from '../core/tokens/grid.ts';
import { fillPicture } from '../electron/engine/fillPicture.ts';
import type { LoadedPackage } from '../native-models/runtime/loadPackage.ts';
import { cropsOf, SIDE } from './quality/crops.ts';
import { borderStep, edgeEnergy, perplexity, psnr, ssim } from './quality/metrics.ts';
import { bitsPerToken } from './quality/tokenBits.ts';
import { report, round, type Row } from './report.ts';
import { centredSquare, readyPackage, rectangle } from './support.ts';

const MASKED = [0.1, 0.25, 0.5, 0.75, 0.95];

/** How good a package is, on the pictures of a folder that it was not trained on: tokenizer, denoiser, fills. */
export async function main(args: string[], { root }: { root: string }): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { pictures: { type: 'string' }, package: { type: 'string' }, out: { type: 'string' } },
  });
  const model = await readyPackage(root, values.package);
  const crops = await cropsOf(values.pictures ?? path.join(root, 'assets/samples'));
  const { row, grids } = await measureTokenizer(model, crops);
  const rows: Row[] = [{ what: 'tokenizer', figure: `${crops.length} crops`, ...row }];
  for (const masked of MASKED) {
    const bits = await bitsPerToken(model.denoiser, grids, masked, 1);
    rows.push({ what: 'denoiser', figure: `${100 * masked} % masked`, 'bits per token': round(bits) });
  }
  for (const name of Object.keys(PRESETS) as PresetName[]) {
    rows.push({ what: 'fill, centre 25 %', figure: name, ...(await measureFills(model, crops, name)) });
  }
  await model.dispose();
  report('quality', withAllColumns(rows), values.out);
  return 0;
}

async function measureTokenizer(
  model: LoadedPackage,
  crops: readonly Picture[],
): Promise<{ row: Row; grids: TokenGrid[] }> {
  const counts = new Float64Array(model.tokenizer.codes);
  const grids: TokenGrid[] = [];
  const decibels: number[] = [];
  const similarities: number[] = [];
  for (const picture of crops) {
    const truth = planesOf(picture);
    const { grid } = await model.tokenizer.encode(truth);
    const decoded = await model.tokenizer.decode(grid);
    for (const id of grid.ids) counts[id]!++;
    grids.push(grid);
    decibels.push(psnr(truth, decoded));
    similarities.push(ssim(truth, decoded));
  }
  const row = {
    'PSNR dB': round(mean(decibels)),
    SSIM: round(mean(similarities)),
    perplexity: round(perplexity(counts)),
  };
  return { row, grids };
}

/** PSNR inside the hole, edge energy and border step relative to the truth's: 1 is as in the photograph. */
async function measureFills(model: LoadedPackage, crops: readonly Picture[], name: PresetName): Promise<Row> {
  const hole = centredSquare({ width: SIDE, height: SIDE, data: new Uint8Array() }, 0.25);
  const decibels: number[] = [];
  let [edges, trueEdges, step, trueStep] = [0, 0, 0, 0];
  const started = performance.now();
  for (const picture of crops) {
    const selection = rectangle(picture, hole);
    const job = {
      picture,
      selection,
      sampling: PRESETS[name],
      seed: 1,
      candidates: 1,
      feather: 0,
      detail: 1,
      scale: 1,
    };
    const { candidates } = await fillPicture(model, job);
    const filled = { ...picture, data: picture.data.slice() };
    for (const patch of candidates[0]!.patches) applyPatch(filled, patch);
    const [truth, result] = [planesOf(picture), planesOf(filled)];
    decibels.push(psnr(truth, result, hole));
    edges += edgeEnergy(result, hole);
    trueEdges += edgeEnergy(truth, hole);
    step += borderStep(result, hole);
    trueStep += borderStep(truth, hole);
  }
  return {
    'PSNR dB': round(mean(decibels)),
    'edges / truth': round(edges / trueEdges),
    'seam / truth': round(step / trueStep),
    'ms per fill': round((performance.now() - started) / crops.length),
  };
}

function planesOf(picture: Picture): Planes {
  return toPlanes(picture, fullRect(picture), picture);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Rows that share one set of columns, so that they make one table. */
function withAllColumns(rows: readonly Row[]): Row[] {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return rows.map((row) => Object.fromEntries(columns.map((column) => [column, row[column] ?? ''])));
}

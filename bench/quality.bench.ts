import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Picture } from '../core/pixels/picture.ts';
import { PRESETS, type PresetName } from '../core/sampling/presets.ts';
import type { TokenGrid } from '../core/tokens/grid.ts';
import type { LoadedPackage } from '../native-models/runtime/loadPackage.ts';
import { cropsOf } from './quality/crops.ts';
import { measureFills, planesOf } from './quality/fills.ts';
import { MASKS } from './quality/masks.ts';
import { perplexity, psnr, ssim } from './quality/metrics.ts';
import { bitsPerToken } from './quality/tokenBits.ts';
import { report, round, type Row } from './report.ts';
import { readyPackage } from './support.ts';

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
    rows.push({
      what: 'fill, centre 25 %',
      figure: name,
      ...(await measureFills(model, crops, MASKS.centre, PRESETS[name])),
    });
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

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Rows that share one set of columns, so that they make one table. */
function withAllColumns(rows: readonly Row[]): Row[] {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return rows.map((row) => Object.fromEntries(columns.map((column) => [column, row[column] ?? ''])));
}

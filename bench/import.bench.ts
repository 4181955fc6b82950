import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { PRECISIONS, type Precision } from '../core/model/importing.ts';
import type { Picture } from '../core/pixels/picture.ts';
import { tiled } from '../core/model/tiling.ts';
import { readSamples } from '../electron/io/samplePictures.ts';
import { measureCost } from '../native-models/importers/cost/measureCost.ts';
import { importPackage } from '../native-models/importers/package/importPackage.ts';
import { recognise } from '../native-models/importers/recognise/recognise.ts';
import { expectedFill } from '../native-models/importers/timing/expectedFill.ts';
import { loadParts, type LoadedParts } from '../native-models/runtime/loadPackage.ts';
import {
  haltonDenoiser,
  llamagenTokenizer,
  type Shapes,
  tamingTokenizer,
  unleashingSampler,
  unleashingTokenizer,
} from './import/shapes.ts';
import { writeRandom } from './import/writeRandom.ts';
import { measure, report, type Row, round } from './report.ts';

/** Models at the size that was published, the smaller first. */
const MODELS: Readonly<Record<string, () => readonly Shapes[]>> = {
  'vq-f4': () => [tamingTokenizer([128, 256, 512], [], { codes: 8192, dim: 3, z: 3 })],
  'taming f16 16384': () => [
    tamingTokenizer([128, 128, 256, 256, 512], [4], { codes: 16384, dim: 256, z: 256 }),
  ],
  'unleashing-transformers': () => [unleashingTokenizer(), unleashingSampler()],
  'halton base 384': () => [llamagenTokenizer(), haltonDenoiser(768, 12, 24)],
};

/**
 * Imports each family at full size with random weights, and runs it once: seconds, peak memory, bytes. `--only NAME` takes one,
 * `--precision half|int8` another precision, whose cost is measured then; with random weights only the time of that says something.
 */
export async function main(args: string[], { root }: { root: string }): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string' },
      precision: { type: 'string', default: 'full' },
      runs: { type: 'string', default: '3' },
      out: { type: 'string' },
    },
  });
  const precision = PRECISIONS.find((known) => known === values.precision) ?? 'full';
  const samples = await readSamples(root);
  const rows: Row[] = [];
  for (const [name, shapes] of Object.entries(MODELS)) {
    if (values.only !== undefined && values.only !== name) continue;
    const folder = mkdtempSync(path.join(tmpdir(), 'tessera-bench-'));
    try {
      const files = shapes().map((part, i) => writeRandom(path.join(folder, `part${i}.safetensors`), part));
      rows.push({
        model: name,
        ...(await importOne(files, folder, precision, samples, Number(values.runs))),
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  report('import', rows, values.out, 'Peak memory is that of the process so far, the bench included.');
  return 0;
}

async function importOne(
  files: readonly string[],
  folder: string,
  precision: Precision,
  samples: readonly Picture[],
  runs: number,
): Promise<Row> {
  const started = performance.now();
  const choices = {
    id: 'bench',
    name: 'Bench',
    license: 'none',
    precision,
    heads: null,
    classId: null,
    guidance: 0,
  };
  const recognised = await recognise(files);
  const opened = await importPackage(recognised, choices, folder);
  const { folder: made, manifest } = opened;
  const seconds = (performance.now() - started) / 1000;
  const measuring = performance.now();
  if (precision !== 'full') await measureCost(recognised, opened, samples);
  const measured = (performance.now() - measuring) / 1000;
  const bytes = Object.values(manifest.files).reduce((sum, file) => sum + file.bytes, 0);
  const read = files.reduce((sum, file) => sum + statSync(file).size, 0);
  const model = await loadParts(made);
  const times = await runOnce(model, runs);
  await model.dispose();
  const expected = await expectedFill(recognised);
  return {
    'files MB': round(read / 1e6),
    'import s': round(seconds),
    'cost measured s': precision === 'full' ? '-' : round(measured),
    'peak MB': round(process.resourceUsage().maxRSS / 1e3),
    'package MB': round(bytes / 1e6),
    ...times,
    'fill expected ms': expected ? round(expected[precision]) : '-',
  };
}

/** Encoding and decoding 256 px, and one pass of the denoiser over all it sees; ms, medians. */
async function runOnce({ tokenizer, denoiser }: LoadedParts, runs: number): Promise<Row> {
  const codec = tiled(tokenizer);
  const side = 256 / tokenizer.downsample;
  const picture = { width: 256, height: 256, data: new Float32Array(3 * 256 * 256).fill(0.5) };
  const ids = Int32Array.from({ length: side * side }, (_, i) => i % tokenizer.codes);
  const encode = await measure(runs, async () => {
    await codec.encode(picture);
  });
  const decode = await measure(runs, async () => {
    await codec.decode({ width: side, height: side, ids });
  });
  if (!denoiser) return { 'encode ms': encode.median, 'decode ms': decode.median, 'pass ms': '-' };
  const sees = denoiser.window.max;
  const tokens = new Int32Array(sees * sees).fill(-1);
  const windows = { batch: 1, width: sees, height: sees, tokens, select: Int32Array.from(tokens.keys()) };
  const pass = await measure(runs, async () => {
    await denoiser.predict(windows);
  });
  return { 'encode ms': encode.median, 'decode ms': decode.median, 'pass ms': pass.median };
}

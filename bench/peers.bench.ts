import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { Precision } from '../core/model/importing.ts';
import { type Preset, PRESETS } from '../core/sampling/presets.ts';
import { importPackage } from '../native-models/importers/package/importPackage.ts';
import { recognise } from '../native-models/importers/recognise/recognise.ts';
import { loadPackage } from '../native-models/runtime/loadPackage.ts';
import { unleashingSampler, unleashingTokenizer } from './import/shapes.ts';
import { writeRandom } from './import/writeRandom.ts';
import { measure, report, type Row, round } from './report.ts';
import { balancedJob, centredSquare, fillPicture, rectangle, samplePicture } from './support.ts';

const SIDE = 256; // px
const STEPS = [12, 32, 256]; // the last as published

/**
 * Unleashing Transformers at full size with random weights, in PyTorch and in Tessera: encoding and decoding 256 px, one pass of
 * the denoiser, and fills of the middle quarter. PyTorch is optional: TESSERA_PYTHON names a Python that has it (default:
 * python3). `--steps 12,32` takes other counts of steps.
 */
export async function main(args: string[], { root }: { root: string }): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      runs: { type: 'string', default: '5' },
      steps: { type: 'string', default: STEPS.join() },
      out: { type: 'string' },
    },
  });
  const runs = Number(values.runs);
  const steps = values.steps.split(',').map(Number);
  const folder = mkdtempSync(path.join(tmpdir(), 'tessera-bench-'));
  try {
    const files = [unleashingTokenizer(), unleashingSampler()].map((shapes, i) =>
      writeRandom(path.join(folder, `part${i}.safetensors`), shapes),
    );
    const python = process.env.TESSERA_PYTHON ?? 'python3';
    const script = path.join(root, 'bench/peers/unleashing.py');
    const peer = spawnSync(python, [script, ...files, String(runs), ...steps.map(String)], {
      encoding: 'utf8',
    });
    const told = peer.status === 0 ? peerSchema.parse(JSON.parse(peer.stdout)) : null;
    const rows: Row[] = [];
    for (const precision of ['fp32', 'bf16'] as const) {
      if (told) rows.push(rowOf(`PyTorch ${told.torch} ${precision}`, told[precision], steps));
    }
    for (const precision of ['full', 'int8'] as const)
      rows.push(await ours(root, folder, files, precision, runs, steps));
    const note = told
      ? `PyTorch ran on ${told.threads} threads.`
      : `PyTorch was not found: set TESSERA_PYTHON to a Python that has it. Only Tessera was measured.`;
    report('peers', rows, values.out, note);
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const times = z.record(z.string(), z.number());
const peerSchema = z.object({ torch: z.string(), threads: z.number(), fp32: times, bf16: times });

function rowOf(engine: string, told: Readonly<Record<string, number>>, steps: readonly number[]): Row {
  const names = ['encode', 'pass', 'decode', ...steps.map((count) => `fill ${count}`), 'Balanced'];
  const cells = names.map((name) => [`${name} ms`, name in told ? round(told[name]!) : '-'] as const);
  return { engine, ...Object.fromEntries(cells) };
}

async function ours(
  root: string,
  folder: string,
  files: readonly string[],
  precision: Precision,
  runs: number,
  steps: readonly number[],
): Promise<Row> {
  const choices = {
    id: precision,
    name: precision,
    license: 'none',
    precision,
    heads: null,
    classId: null,
    guidance: 0,
  };
  const { folder: made } = await importPackage(await recognise(files), choices, folder);
  const model = await loadPackage(made);
  await model.warmUp();
  const planes = { width: SIDE, height: SIDE, data: new Float32Array(3 * SIDE * SIDE).fill(0.5) };
  const tokens = new Int32Array(256).fill(-1);
  const all = { batch: 1, width: 16, height: 16, tokens, select: Int32Array.from(tokens.keys()) };
  const { grid } = await model.tokenizer.encode(planes);
  const median = async (work: () => Promise<unknown>): Promise<number> =>
    (
      await measure(runs, async () => {
        await work();
      })
    ).median;
  const told: Record<string, number> = {
    encode: await median(() => model.tokenizer.encode(planes)),
    pass: await median(() => model.denoiser.predict(all)),
    decode: await median(() => model.tokenizer.decode(grid)),
  };
  const picture = await samplePicture(root, SIDE, SIDE);
  const selection = rectangle(picture, centredSquare(picture, 0.25));
  const random: Preset = { ...PRESETS.balanced, order: 'random', temperature: 1 };
  const presets = steps.map((count) => [`fill ${count}`, { ...random, steps: count }] as const);
  for (const [name, sampling] of [...presets, ['Balanced', PRESETS.balanced] as const]) {
    const started = performance.now();
    await fillPicture(model, { ...balancedJob(picture, selection), sampling, scale: 1 });
    told[name] = performance.now() - started;
  }
  await model.dispose();
  return rowOf(`Tessera ${precision === 'full' ? 'fp32' : precision}`, told, steps);
}

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { createRng, type Rng } from '../../../../../core/base/rng.ts';
import type { Condition } from '../../../../../core/model/denoiser.ts';
import { fill } from '../../../../../core/sampling/fill.ts';
import { ledBy } from '../../../../../core/sampling/guidance.ts';
import type { FillRequest } from '../../../../../core/sampling/request.ts';
import { MASK } from '../../../../../core/tokens/grid.ts';
import { importPackage } from '../../../../../native-models/importers/package/importPackage.ts';
import { recognise } from '../../../../../native-models/importers/recognise/recognise.ts';
import { type LoadedPackage, loadPackage } from '../../../../../native-models/runtime/loadPackage.ts';
import { errorOf, temporaryFolder } from '../../runtime/fixtures.ts';
import { CHOICES, farthest, floatsIn, grid, picture } from './golden.ts';

const TEXTS = fileURLToPath(new URL('../../../../fixtures/importers/texts', import.meta.url));

interface Loop {
  readonly guidance: number;
  readonly noise: readonly number[];
  readonly tokens: readonly number[];
}

interface Golden {
  readonly ids: readonly (readonly number[])[];
  readonly states: string;
  readonly tokens: readonly number[];
  readonly logits: string;
}

interface VqDiffusionGolden extends Golden {
  readonly original: { readonly ids: readonly number[]; readonly decoded: string };
  readonly timestep: number;
  readonly empty: string;
  readonly guided: string;
  readonly loops: readonly (Loop & { readonly truncation: number })[];
  readonly strides: readonly (Loop & { readonly truncation: number; readonly steps: number })[];
  readonly purity: readonly (Loop & { readonly sharpening: number; readonly steps: number })[];
}

interface AmusedGolden extends Golden {
  readonly pooled: string;
  readonly side: number;
  readonly mask: number;
  readonly hole: readonly number[];
  readonly select: readonly number[];
  readonly loops: readonly (Loop & { readonly steps: number; readonly schedule: 'linear' | 'cosine' })[];
}

const GOLDEN = JSON.parse(readFileSync(path.join(TEXTS, 'golden.json'), 'utf8')) as {
  readonly prompts: readonly string[];
  readonly 'vq-diffusion': VqDiffusionGolden;
  readonly 'amused-256': AmusedGolden;
  readonly 'amused-512': AmusedGolden;
};

let model: LoadedPackage | null = null;
afterEach(async () => {
  await model?.dispose();
  model = null;
});

async function imported(...folders: readonly string[]): Promise<LoadedPackage> {
  const recognised = await recognise(folders.map((folder) => path.join(TEXTS, folder)));
  expect(recognised.missing).toBeNull();
  model = await loadPackage((await importPackage(recognised, CHOICES, temporaryFolder())).folder);
  return model;
}

async function statesOf({ conditioner }: LoadedPackage, prompt: string): Promise<Float32Array> {
  const condition: Condition = await conditioner!.condition(prompt);
  return condition.kind === 'text' ? condition.states : new Float32Array(0);
}

function requestOf(ids: readonly number[], side: number, changes: Partial<FillRequest>): FillRequest {
  return {
    package: { id: '', sha256: '' },
    grid: { width: side, height: side, ids },
    hole: [...ids.keys()].filter((cell) => ids[cell] === MASK),
    pins: [],
    seed: 0,
    candidates: 1,
    order: 'ancestral',
    schedule: 'linear',
    steps: 20,
    temperature: 1,
    gumbel: 0,
    filters: {},
    remasking: { kind: 'none' },
    ...changes,
  };
}

const ALL_MISSING = new Array<number>(16).fill(MASK);

/** Gives the numbers that the published loop drew, in its order. */
function recorded(noise: readonly number[]): Rng & { readonly left: () => number } {
  let at = 0;
  const uniform = (): number => noise[at++]!;
  const rng: Rng & { readonly left: () => number } = {
    ...createRng(0),
    uniform,
    gumbel: () => -Math.log(-Math.log(uniform())),
    fork: () => rng,
    left: () => noise.length - at,
  };
  return rng;
}

async function sampled(
  loaded: LoadedPackage,
  request: FillRequest,
  { guidance, noise, tokens }: Loop,
): Promise<void> {
  const prompt = { text: GOLDEN.prompts[0]!, negative: '', guidance };
  const denoiser = await ledBy(loaded, prompt);
  const rng = recorded(noise);
  let ids: Int32Array | undefined;
  for await (const { candidates } of fill(request, denoiser, rng)) ids = candidates[0]!.ids;
  expect(request.hole.map((cell) => ids![cell])).toEqual(tokens);
  expect(rng.left()).toBe(0);
}

describe('VQ-Diffusion, a folder of diffusers', () => {
  const golden = GOLDEN['vq-diffusion'];
  const tokens = Int32Array.from(golden.tokens, (id) => (id === 16 ? MASK : id));
  const window = { batch: 1, width: 4, height: 4, tokens, select: Int32Array.from(tokens.keys()) };

  test('says what it is and how it is drawn with', async () => {
    const { manifest } = await imported(path.join('vq-diffusion', 'model_index.json')); // stands for its folder
    expect(manifest.denoiser).toMatchObject({
      kind: 'mask-and-replace',
      steps: 20,
      levels: { alpha: [0.98, 0.001], gamma: [0.01, 0.7] },
      maskId: 16,
      timestep: true,
      conditioning: 'clip-text',
    });
    expect(manifest.text).toMatchObject({ length: 12, pad: 0, rows: 12, width: 32, empty: 'empty.f32' });
    expect(manifest.sampling).toMatchObject({ order: 'ancestral', guidance: 5 });
  });

  test('reads texts, predicts and is guided as its own networks', async () => {
    const loaded = await imported('vq-diffusion');
    const states = floatsIn(golden.states);
    for (const [i, prompt] of GOLDEN.prompts.entries()) {
      if (prompt === '') continue; // the states of no text were learned
      const own = await statesOf(loaded, prompt);
      expect(farthest(own, states.subarray(i * own.length, (i + 1) * own.length))).toBeLessThan(1e-4);
    }
    expect(await loaded.conditioner!.read(GOLDEN.prompts[3]!)).toEqual({
      tokens: 10,
      most: 10,
      cut: 'a cat',
    });
    const at = { ...window, timestep: golden.timestep };
    const row = (values: Float32Array): Float32Array => values.map((value, i) => value - logTotal(values, i));
    const conditions = [await loaded.conditioner!.condition(GOLDEN.prompts[0]!)];
    expect(
      farthest(row(await loaded.denoiser.predict({ ...at, conditions })), floatsIn(golden.logits)),
    ).toBeLessThan(1e-3);
    expect(farthest(row(await loaded.denoiser.predict(at)), floatsIn(golden.empty))).toBeLessThan(1e-3);
    const led = await ledBy(loaded, { text: GOLDEN.prompts[0]!, negative: '', guidance: 3 });
    expect(farthest(row(await led.predict(at)), floatsIn(golden.guided))).toBeLessThan(2e-3);
  });

  test.each(golden.loops)(
    'samples as its own loop: guidance $guidance, truncation $truncation',
    async (loop) => {
      const loaded = await imported('vq-diffusion');
      const filters = loop.truncation < 1 ? { truncation: loop.truncation } : {};
      await sampled(loaded, requestOf(ALL_MISSING, 4, { filters }), loop);
    },
  );

  test.each(golden.strides)(
    'in $steps of its 20 steps samples by the exact posterior: guidance $guidance, truncation $truncation',
    async (loop) => {
      const loaded = await imported('vq-diffusion');
      const filters = loop.truncation < 1 ? { truncation: loop.truncation } : {};
      await sampled(loaded, requestOf(ALL_MISSING, 4, { filters, steps: loop.steps }), loop);
    },
  );

  test.each(golden.purity)(
    'samples by purity as its own loop: guidance $guidance, sharpening $sharpening',
    async (loop) => {
      const loaded = await imported('vq-diffusion');
      const { steps, sharpening } = loop;
      const changes = { order: 'purity', schedule: 'purity', steps, sharpening } as const;
      await sampled(loaded, requestOf(ALL_MISSING, 4, changes), loop);
    },
  );
});

describe("VQ-Diffusion, a file of its authors'", () => {
  const golden = GOLDEN['vq-diffusion'];
  const file = path.join('original', 'ithq_learnable.pth');
  const table = path.join('original', 'taming_vqvae_16.pt');
  const words = path.join('vq-diffusion', 'tokenizer');

  test('uses the codes that its table chooses', async () => {
    const { tokenizer, manifest } = await imported(file, table, words);
    expect(manifest.tokenizer.codebook.size).toBe(16);
    expect(Array.from((await tokenizer.encode(picture())).grid.ids)).toEqual(golden.original.ids);
    const ids = grid().ids.map((id) => id % 16);
    const decoded = floatsIn(golden.original.decoded).map((value) => (value + 1) / 2);
    expect(farthest((await tokenizer.decode({ ...grid(), ids })).data, decoded)).toBeLessThan(1e-3);
  });

  test('samples with its averaged weights, its text model and the learned states of no text', async () => {
    const loaded = await imported(file, table, words);
    expect(loaded.manifest.text?.empty).toBe('empty.f32');
    const states = floatsIn(golden.states);
    const own = await statesOf(loaded, GOLDEN.prompts[1]!);
    expect(farthest(own, states.subarray(own.length, 2 * own.length))).toBeLessThan(1e-4);
    // The original file says nothing of its levels, so those of the folder are given.
    const levels = { alpha: [0.98, 0.001], gamma: [0.01, 0.7] } as const;
    const process = { kind: 'mask-and-replace', steps: 20, levels } as const;
    const led = { ...loaded, denoiser: { ...loaded.denoiser, process } };
    await sampled(led, requestOf(ALL_MISSING, 4, {}), golden.loops[1]!);
  });

  test('without the table, says which it is', async () => {
    const found = await recognise([file, words].map((each) => path.join(TEXTS, each)));
    expect(found.missing).toBe(
      'ithq_learnable.pth uses 16 of 32 codes; which, says taming_vqvae_16.pt of its authors.',
    );
  });
});

/** The log of the mass of the row of 16 codes that holds an index. */
function logTotal(values: Float32Array, index: number): number {
  const row = values.subarray(index - (index % 16), index - (index % 16) + 16);
  return Math.log(row.reduce((sum, value) => sum + Math.exp(value), 0));
}

describe.each(['amused-256', 'amused-512'] as const)('%s, a folder of diffusers', (name) => {
  const golden = GOLDEN[name];
  const folders = name === 'amused-256' ? [name, path.join('amused-512', 'vqvae')] : [name]; // both use the larger one's
  const { side, hole } = golden;
  const ids = golden.tokens.map((id) => (id === golden.mask ? MASK : id));

  test('reads texts and predicts as its own networks', async () => {
    const loaded = await imported(...folders);
    expect(loaded.manifest.denoiser).toMatchObject({
      kind: 'absorbing',
      maskId: golden.mask,
      timestep: false,
    });
    expect(loaded.manifest.text).toMatchObject({ rows: 13, width: 32, pad: golden.ids[0]!.at(-1) });
    const [states, pooled] = [floatsIn(golden.states), floatsIn(golden.pooled)];
    for (const [i, prompt] of GOLDEN.prompts.entries()) {
      const own = await statesOf(loaded, prompt);
      const length = 12 * 32;
      expect(farthest(own.subarray(0, length), states.subarray(i * length, (i + 1) * length))).toBeLessThan(
        1e-4,
      );
      expect(farthest(own.subarray(length), pooled.subarray(i * 32, (i + 1) * 32))).toBeLessThan(1e-4);
    }
    const conditions = [await loaded.conditioner!.condition(GOLDEN.prompts[0]!)];
    const window = { batch: 1, width: side, height: side, tokens: Int32Array.from(ids), conditions };
    const logits = await loaded.denoiser.predict({ ...window, select: Int32Array.from(golden.select) });
    expect(farthest(logits, floatsIn(golden.logits))).toBeLessThan(1e-3);
  });

  test.each(golden.loops)('samples as its own loop: guidance $guidance, $schedule', async (loop) => {
    const loaded = await imported(...folders);
    const { steps, schedule } = loop;
    const request = requestOf(ids, side, { order: 'annealed', gumbel: 2, steps, schedule, hole });
    await sampled(loaded, request, loop);
  });
});

test('what is missing of a model that is led by texts is named', async () => {
  const at = (...parts: string[]): string => path.join(TEXTS, ...parts);
  const without = await recognise([at('vq-diffusion', 'transformer'), at('vq-diffusion', 'vqvae')]);
  expect(without.missing).toBe(
    'diffusion_pytorch_model.bin is led by texts; its text model (folder text_encoder) is another file.',
  );
  expect((await errorOf(importPackage(without, CHOICES, temporaryFolder()))).code).toBe('input');
  const wordless = await recognise(
    ['transformer', 'vqvae', 'text_encoder'].map((folder) => at('vq-diffusion', folder)),
  );
  expect(wordless.missing).toBe(
    'diffusion_pytorch_model.bin is led by texts; its words are vocab.json and merges.txt (folder tokenizer).',
  );
});

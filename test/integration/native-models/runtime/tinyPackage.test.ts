import { afterEach, describe, expect, it } from 'vitest';
import { MASK } from '../../../../core/tokens/grid.ts';
import { loadPackage, type LoadedPackage } from '../../../../native-models/runtime/loadPackage.ts';
import { errorOf, TINY, TINY_ALL_LOGITS } from './fixtures.ts';

const K = 8;
const loaded: LoadedPackage[] = [];

async function load(...args: Parameters<typeof loadPackage>): Promise<LoadedPackage> {
  const made = await loadPackage(...args);
  loaded.push(made);
  return made;
}

afterEach(async () => {
  await Promise.all(loaded.splice(0).map((each) => each.dispose()));
});

/** A frame whose tiles are plain greys of the given levels, 0 .. K - 1. */
function greys(width: number, height: number, levels: readonly number[]) {
  const data = new Float32Array(3 * 64 * width * height);
  for (let i = 0; i < data.length; i++) {
    const x = i % (8 * width);
    const y = Math.floor(i / (8 * width)) % (8 * height);
    data[i] = levels[Math.floor(y / 8) * width + Math.floor(x / 8)]! / (K - 1);
  }
  return { width: 8 * width, height: 8 * height, data };
}

/** The logits of make.py's denoiser for one cell of a window of 4 x 4 tokens. */
function expectedLogits(tokens: Int32Array, cell: number): number[] {
  let sum = 0.5e-3;
  let count = 1e-3;
  for (let y = -1; y <= 1; y++) {
    for (let x = -1; x <= 1; x++) {
      const column = (cell % 4) + x;
      const row = Math.floor(cell / 4) + y;
      const inside = column >= 0 && column < 4 && row >= 0 && row < 4;
      const token = inside ? tokens[row * 4 + column]! : MASK;
      if (token === MASK) continue;
      sum += token / (K - 1);
      count += 1;
    }
  }
  return Array.from({ length: K }, (_, k) => -32 * (sum / count - k / (K - 1)) ** 2);
}

describe.each([
  ['tiny', TINY],
  ['tiny-all-logits', TINY_ALL_LOGITS],
])('the package %s', (id, folder) => {
  it('knows itself', async () => {
    const tiny = await load(folder);
    expect(tiny.id).toBe(id);
    expect(tiny.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(tiny.tokenizer).toMatchObject({ downsample: 8, codes: K, minSize: 16, tileOverlap: 0 });
    expect(tiny.denoiser).toMatchObject({ codes: K, window: { min: 4, max: 8 } });
    expect(tiny.provider).toBe('cpu');
    expect(tiny.messages).toEqual([]);
  });

  it('encodes a picture and decodes it to the same greys, in [0, 1]', async () => {
    const { tokenizer } = await load(folder);
    const levels = [0, 3, 7, 1, 4, 6];
    const frame = greys(3, 2, levels);
    const { grid } = await tokenizer.encode(frame);
    expect(grid).toEqual({ width: 3, height: 2, ids: Int32Array.from(levels) });
    const decoded = await tokenizer.decode(grid);
    expect([decoded.width, decoded.height]).toEqual([24, 16]);
    expect(decoded.data.length).toBe(frame.data.length);
    for (let i = 0; i < frame.data.length; i++) expect(decoded.data[i]).toBeCloseTo(frame.data[i]!, 6);
  });

  it('leaves the frame that it encodes as it was', async () => {
    const { tokenizer } = await load(folder);
    const frame = greys(2, 2, [1, 2, 3, 4]);
    const before = frame.data.slice();
    await tokenizer.encode(frame);
    expect(frame.data).toEqual(before);
  });

  it('gives the logits of the selected cells of every window, in their order', async () => {
    const { denoiser } = await load(folder);
    const first = new Int32Array(16).fill(MASK);
    first[1] = 5;
    first[4] = 0;
    const second = Int32Array.from({ length: 16 }, (_, i) => (i % 3 === 0 ? MASK : i % K));
    const tokens = Int32Array.of(...first, ...second);
    const before = tokens.slice();
    const logits = await denoiser.predict({
      batch: 2,
      width: 4,
      height: 4,
      tokens,
      select: Int32Array.of(25, 0, 15),
    });
    const expected = [expectedLogits(second, 9), expectedLogits(first, 0), expectedLogits(first, 15)].flat();
    expect(logits.length).toBe(3 * K);
    for (let i = 0; i < expected.length; i++) expect(logits[i]).toBeCloseTo(expected[i]!, 4);
    expect(tokens).toEqual(before);
  });

  it('gives no logits for no cells', async () => {
    const { denoiser } = await load(folder);
    const tokens = new Int32Array(16);
    const logits = await denoiser.predict({
      batch: 1,
      width: 4,
      height: 4,
      tokens,
      select: new Int32Array(0),
    });
    expect(logits.length).toBe(0);
  });

  it('works from warm, in windows that are not square', async () => {
    const tiny = await load(folder);
    await tiny.warmUp();
    const tokens = new Int32Array(4 * 6).fill(MASK);
    const logits = await tiny.denoiser.predict({
      batch: 1,
      width: 6,
      height: 4,
      tokens,
      select: Int32Array.of(23),
    });
    expect([...logits]).toHaveLength(K);
  });
});

describe('a loaded package', () => {
  it('gives the distance to the chosen code where the encoder does, and null elsewhere', async () => {
    const frame = greys(2, 2, [0, 1.25, 6.5, 7]);
    const { distances } = await (await load(TINY)).tokenizer.encode(frame);
    expect([...distances!].map((d) => Math.round(d * 100) / 100)).toEqual([0, 0.25, 0.5, 0]);
    expect((await (await load(TINY_ALL_LOGITS)).tokenizer.encode(frame)).distances).toBeNull();
  });

  it.each([
    [20, 16],
    [16, 8],
  ])('refuses a frame of %i x %i px', async (width, height) => {
    const { tokenizer } = await load(TINY);
    const error = await errorOf(
      tokenizer.encode({ width, height, data: new Float32Array(3 * width * height) }),
    );
    expect(error.code).toBe('limit');
    expect(error.message).toContain(`${width} x ${height} px`);
  });

  it('refuses to decode missing and unknown tokens', async () => {
    const { tokenizer } = await load(TINY);
    const missing = await errorOf(tokenizer.decode({ width: 2, height: 1, ids: Int32Array.of(0, MASK) }));
    expect(missing).toMatchObject({ code: 'input', hint: 'Fill them first.' });
    const unknown = await errorOf(tokenizer.decode({ width: 2, height: 1, ids: Int32Array.of(0, K) }));
    expect(unknown.message).toBe('The grid has token 8, and this package has 8 codes.');
  });

  it('refuses to denoise unknown tokens, its own mask id among them', async () => {
    const { denoiser } = await load(TINY);
    const tokens = new Int32Array(16).fill(K);
    const error = await errorOf(
      denoiser.predict({ batch: 1, width: 4, height: 4, tokens, select: Int32Array.of(0) }),
    );
    expect(error.message).toBe('The grid has token 8, and this package has 8 codes.');
  });

  it('sees an abort before a run and after it', async () => {
    const tiny = await load(TINY);
    const { tokenizer, denoiser } = tiny;
    const aborted = { aborted: true };
    const frame = greys(2, 2, [0, 1, 2, 3]);
    expect((await errorOf(tokenizer.encode(frame, aborted))).code).toBe('aborted');
    expect((await errorOf(tiny.warmUp(aborted))).code).toBe('aborted');
    await tiny.warmUp();
    const during = { aborted: false };
    const tokens = new Int32Array(16).fill(MASK);
    const run = denoiser.predict({ batch: 1, width: 4, height: 4, tokens, select: Int32Array.of(0) }, during);
    during.aborted = true;
    expect((await errorOf(run)).code).toBe('aborted');
  });

  it('runs beside others, each with its own answers', async () => {
    const packages = await Promise.all([load(TINY), load(TINY_ALL_LOGITS), load(TINY)]);
    expect(packages[0].sha256).toBe(packages[2].sha256);
    expect(packages[0].sha256).not.toBe(packages[1].sha256);
    const frame = greys(2, 2, [0, 2, 4, 7]);
    const grids = await Promise.all(packages.map(({ tokenizer }) => tokenizer.encode(frame)));
    for (const { grid } of grids) expect([...grid.ids]).toEqual([0, 2, 4, 7]);
    await packages[0].dispose();
    const after = await packages[2].tokenizer.encode(frame);
    expect([...after.grid.ids]).toEqual([0, 2, 4, 7]);
  });

  it('cannot be used once it is disposed of, but can be loaded again', async () => {
    const first = await load(TINY);
    const frame = greys(2, 2, [1, 1, 1, 1]);
    const running = first.tokenizer.encode(frame);
    await first.warmUp();
    await first.dispose();
    await first.dispose();
    expect([...(await running).grid.ids]).toEqual([1, 1, 1, 1]);
    expect((await errorOf(first.tokenizer.encode(frame))).message).toBe(
      'encoder.onnx of the package tiny was used after its package was closed.',
    );
    const again = await load(TINY);
    expect([...(await again.tokenizer.encode(frame)).grid.ids]).toEqual([1, 1, 1, 1]);
  });

  it('runs on the CPU and says so where a provider is not offered, or offered but not installed', async () => {
    const told: string[] = [];
    const onMessage = (message: string) => told.push(message);
    const frame = greys(2, 2, [1, 2, 3, 4]);
    for (const provider of ['cuda', 'dml', 'coreml'] as const) {
      const tiny = await load(TINY, { provider, onMessage });
      expect([...(await tiny.tokenizer.encode(frame)).grid.ids]).toEqual([1, 2, 3, 4]);
      expect(tiny.messages).toEqual(told.splice(0));
      if (tiny.provider === provider) expect(tiny.messages).toEqual([]);
      else
        expect(tiny.messages).toEqual([
          expect.stringMatching(/^(CUDA|DirectML|CoreML) .*, so the CPU is used\.$/),
        ]);
    }
  });

  it('gives the same bits with any number of threads', async () => {
    const tokens = Int32Array.from({ length: 64 }, (_, i) => (i % 5 === 0 ? MASK : i % K));
    const windows = {
      batch: 1,
      width: 8,
      height: 8,
      tokens,
      select: Int32Array.from({ length: 64 }, (_, i) => i),
    };
    const [one, two] = await Promise.all([load(TINY, { threads: 1 }), load(TINY, { threads: 2 })]);
    expect(await two.denoiser.predict(windows)).toEqual(await one.denoiser.predict(windows));
  });
});

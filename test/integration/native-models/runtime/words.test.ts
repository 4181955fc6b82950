import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { promptTaken } from '../../../../core/model/manifest.ts';
import { ledBy } from '../../../../core/sampling/guidance.ts';
import { MASK } from '../../../../core/tokens/grid.ts';
import { encodeModel } from '../../../../native-models/importers/onnx/encodeModel.ts';
import type { Graph } from '../../../../native-models/importers/onnx/graph.ts';
import { type LoadedPackage, loadPackage } from '../../../../native-models/runtime/loadPackage.ts';
import { changedTiny, errorOf } from './fixtures.ts';

const CODES = 8;
const MOST = 2;
const VOCABULARY = [['brick', 'bricks'], ['sky']];

let loaded: LoadedPackage[] = [];
afterEach(async () => {
  await Promise.all(loaded.map((each) => each.dispose()));
  loaded = [];
});

async function open(folder: string): Promise<LoadedPackage> {
  const each = await loadPackage(folder, { provider: 'cpu' });
  loaded.push(each);
  return each;
}

/** Logits that say which words were asked for: code k has k, and 100 for each first word and 200 for each second. */
function wordGraph(): Graph {
  const bytes = (data: Float32Array | BigInt64Array): Uint8Array => new Uint8Array(data.buffer);
  const table = Float32Array.from({ length: 3 * CODES }, (_, i) => 100 * Math.floor(i / CODES));
  const each = Float32Array.from({ length: CODES }, (_, k) => k);
  return {
    name: 'words',
    inputs: [
      { name: 'tokens', type: 'int64', shape: ['B', 'h', 'w'] },
      { name: 'words', type: 'int64', shape: ['B', MOST] },
    ],
    outputs: [{ name: 'logits', type: 'float32', shape: ['B', 'cells', CODES] }],
    initialisers: [
      { name: 'table', type: 'float32', shape: [3, CODES], data: bytes(table) },
      { name: 'each', type: 'float32', shape: [CODES], data: bytes(each) },
      { name: 'nothing', type: 'float32', shape: [CODES + 1], data: bytes(new Float32Array(CODES + 1)) },
      { name: 'cells', type: 'int64', shape: [3], data: bytes(BigInt64Array.of(0n, -1n, 1n)) },
      { name: 'one', type: 'int64', shape: [1], data: bytes(BigInt64Array.of(1n)) },
    ],
    nodes: [
      { operator: 'Gather', inputs: ['nothing', 'tokens'], outputs: ['zeros'], attributes: {} },
      { operator: 'Reshape', inputs: ['zeros', 'cells'], outputs: ['column'], attributes: {} },
      { operator: 'Gather', inputs: ['table', 'words'], outputs: ['rows'], attributes: {} },
      { operator: 'ReduceSum', inputs: ['rows', 'one'], outputs: ['row'], attributes: {} },
      { operator: 'Add', inputs: ['column', 'row'], outputs: ['sum'], attributes: {} },
      { operator: 'Add', inputs: ['sum', 'each'], outputs: ['logits'], attributes: {} },
    ],
  };
}

const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The tiny package with words beside its manifest. @param built the build that they were made for; this one where left out */
function withWords(built?: string): string {
  const folder = changedTiny();
  const graph = encodeModel(wordGraph());
  writeFileSync(join(folder, 'words.onnx'), graph);
  const addition = {
    format: 1,
    extends: built ?? sha(readFileSync(join(folder, 'manifest.json'))),
    guidance: 2.5,
    words: { denoiser: 'words.onnx', most: MOST, vocabulary: VOCABULARY },
    files: { 'words.onnx': { bytes: graph.length, sha256: sha(graph) } },
  };
  writeFileSync(join(folder, 'manifest.words.json'), JSON.stringify(addition));
  return folder;
}

const windows = {
  batch: 2,
  width: 4,
  height: 4,
  tokens: new Int32Array(32).fill(MASK),
  select: Int32Array.of(3, 17, 18),
};

describe('words that lie beside a manifest', () => {
  it('leave the identity of the package and what it predicts without them as they were', async () => {
    const folder = withWords();
    const [model, plain] = [await open(folder), await open(changedTiny())];
    expect(model.sha256).toBe(sha(readFileSync(join(folder, 'manifest.json'))));
    expect(model.sha256).toBe(plain.sha256);
    expect(await model.denoiser.predict(windows)).toEqual(await plain.denoiser.predict(windows));
    expect(promptTaken(plain.manifest)).toBeNull();
    expect(promptTaken(model.manifest)).toEqual({ names: null, words: ['brick', 'sky'], guidance: 2.5 });
  });

  it('lead it: all windows run with each prompt in one pass', async () => {
    const model = await open(withWords());
    const prompts = ['bricks', 'brick and sky', ''];
    const conditions = await Promise.all(prompts.map((words) => model.conditioner!.condition(words)));
    expect(conditions.map((each) => each.kind === 'words' && [...each.ids])).toEqual([
      [1, 0],
      [1, 2],
      [0, 0],
    ]);
    const logits = await model.denoiser.predict({ ...windows, conditions });
    expect(logits).toHaveLength(3 * 3 * CODES);
    for (const [c, sum] of [100, 300, 0].entries()) {
      for (let m = 0; m < 3; m++) expect(logits[(c * 3 + m) * CODES + 4]).toBe(sum + 4);
    }
    const led = await ledBy(model, { text: 'sky', negative: '', guidance: 1 });
    expect((await led.predict(windows))[4]).toBe(204);
  });

  it('are named where they are not known', async () => {
    const model = await open(withWords());
    expect(await model.conditioner!.read('a brick skye sky')).toEqual({
      tokens: 2,
      most: MOST,
      cut: '',
      unknown: [{ word: 'skye', near: ['sky', 'brick'] }],
    });
    expect(await errorOf(ledBy(model, { text: 'skye', negative: '', guidance: 3 }))).toMatchObject({
      code: 'usage',
      message: 'The model knows no "skye".',
      hint: 'Near it are: sky, brick.',
    });
  });

  it('are not taken where they were made for another build, and are checked like the other files', async () => {
    const other = await open(withWords('0'.repeat(64)));
    expect([promptTaken(other.manifest), other.conditioner]).toEqual([null, null]);
    const folder = withWords();
    const bytes = readFileSync(join(folder, 'words.onnx'));
    bytes[40]! ^= 1;
    writeFileSync(join(folder, 'words.onnx'), bytes);
    expect(await errorOf(loadPackage(folder))).toMatchObject({
      code: 'package',
      message: expect.stringContaining('words.onnx of the package tiny is damaged') as string,
    });
  });
});

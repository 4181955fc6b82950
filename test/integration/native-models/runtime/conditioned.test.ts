import { afterEach, describe, expect, it } from 'vitest';
import { ledBy } from '../../../../core/sampling/guidance.ts';
import { MASK } from '../../../../core/tokens/grid.ts';
import { encodeModel } from '../../../../native-models/importers/onnx/encodeModel.ts';
import type { Graph, GraphNode } from '../../../../native-models/importers/onnx/graph.ts';
import { type LoadedPackage, loadPackage } from '../../../../native-models/runtime/loadPackage.ts';
import { changedTiny, errorOf } from './fixtures.ts';

const CODES = 8;

let loaded: LoadedPackage | null = null;
afterEach(() => loaded?.dispose());

/** Logits that say which class was asked for, and at which timestep: code k has 100 class + k, plus t / 10. */
function classGraph(): Graph {
  const bytes = (data: Float32Array | BigInt64Array): Uint8Array => new Uint8Array(data.buffer);
  const table = Float32Array.from({ length: 3 * CODES }, (_, i) => 100 * Math.floor(i / CODES) + (i % CODES));
  const node = (operator: string, inputs: string[], output: string, attributes = {}): GraphNode => ({
    operator,
    inputs,
    outputs: [output],
    attributes,
  });
  return {
    name: 'classes',
    inputs: [
      { name: 'tokens', type: 'int64', shape: ['B', 'h', 'w'] },
      { name: 't', type: 'int64', shape: ['B'] },
      { name: 'class', type: 'int64', shape: ['B'] },
    ],
    outputs: [{ name: 'logits', type: 'float32', shape: ['B', 'cells', CODES] }],
    initialisers: [
      { name: 'table', type: 'float32', shape: [3, CODES], data: bytes(table) },
      { name: 'nothing', type: 'float32', shape: [CODES + 1], data: bytes(new Float32Array(CODES + 1)) },
      { name: 'cells', type: 'int64', shape: [3], data: bytes(BigInt64Array.of(0n, -1n, 1n)) },
      { name: 'one', type: 'int64', shape: [1], data: bytes(BigInt64Array.of(1n)) },
      { name: 'each', type: 'int64', shape: [3], data: bytes(BigInt64Array.of(-1n, 1n, 1n)) },
      { name: 'tenth', type: 'float32', shape: [1], data: bytes(Float32Array.of(0.1)) },
    ],
    nodes: [
      node('Gather', ['nothing', 'tokens'], 'zeros'),
      node('Reshape', ['zeros', 'cells'], 'column'),
      node('Gather', ['table', 'class'], 'rows'),
      node('Unsqueeze', ['rows', 'one'], 'row'),
      node('Cast', ['t'], 'time', { to: { int: 1 } }),
      node('Mul', ['time', 'tenth'], 'share'),
      node('Reshape', ['share', 'each'], 'shift'),
      node('Add', ['column', 'row'], 'sum'),
      node('Add', ['sum', 'shift'], 'logits'),
    ],
  };
}

async function withClasses(): Promise<LoadedPackage> {
  loaded = await loadPackage(
    changedTiny({
      files: { 'denoiser.onnx': encodeModel(classGraph()) },
      manifest(manifest) {
        const denoiser = manifest.denoiser!;
        Object.assign(denoiser, { kind: 'mask-and-replace', timestep: true, conditioning: 'class' });
        denoiser.classes = { names: ['barn', 'crane'], none: 2 };
      },
    }),
  );
  return loaded;
}

const windows = {
  batch: 2,
  width: 4,
  height: 4,
  tokens: new Int32Array(32).fill(MASK),
  select: Int32Array.of(3, 17, 18),
  timestep: 5,
};

describe('a denoiser that is led by a class and told how noisy its tokens are', () => {
  it('runs all windows with each class in one pass, and gives their rows one class after the other', async () => {
    const model = await withClasses();
    const conditions = await Promise.all(
      ['barn', ' Crane ', ''].map((name) => model.conditioner!.condition(name)),
    );
    expect(conditions).toEqual([0, 1, 2].map((id) => ({ kind: 'class', id })));
    const logits = await model.denoiser.predict({ ...windows, conditions });
    expect(logits).toHaveLength(3 * 3 * CODES);
    for (let c = 0; c < 3; c++) {
      for (let m = 0; m < 3; m++) {
        expect(logits[(c * 3 + m) * CODES + 4]).toBeCloseTo(100 * c + 4 + 0.5, 4);
      }
    }
  });

  it('is led by nothing where nobody says what by', async () => {
    const model = await withClasses();
    expect((await model.denoiser.predict(windows))[4]).toBeCloseTo(204.5, 4);
    const led = await ledBy(model, { text: 'barn', negative: '', guidance: 1 });
    expect((await led.predict(windows))[4]).toBeCloseTo(4.5, 4);
  });

  it('knows its process, and refuses names that it does not know', async () => {
    const model = await withClasses();
    expect(model.denoiser.process).toEqual({
      kind: 'mask-and-replace',
      steps: model.manifest.denoiser!.steps,
    });
    const error = await errorOf(ledBy(model, { text: 'cran', negative: '', guidance: 3 }));
    expect(error).toMatchObject({ code: 'usage', hint: 'Near it are: crane, barn.' });
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InferenceSession, Tensor } from '../../../../../native-models/runtime/onnxruntime.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { encodeModel } from '../../../../../native-models/importers/onnx/encodeModel.ts';
import type { Graph, Initialiser } from '../../../../../native-models/importers/onnx/graph.ts';
import { WeightsFile } from '../../../../../native-models/importers/onnx/weightsFile.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'onnx-'));
});
afterEach(() => rm(folder, { recursive: true }));

const weights = new Uint8Array(new Float32Array([1, 2, 3, 4, 5, 6]).buffer);

/** y = leaky(x · w): a free dimension, a number of each kind among the attributes. */
function graph(data: Initialiser['data']): Graph {
  return {
    name: 'product',
    inputs: [{ name: 'x', type: 'float32', shape: ['rows', 2] }],
    outputs: [{ name: 'y', type: 'float32', shape: [3, 'rows'] }],
    initialisers: [{ name: 'w', type: 'float32', shape: [2, 3], data }],
    nodes: [
      { operator: 'MatMul', inputs: ['x', 'w'], outputs: ['product'], attributes: {} },
      {
        operator: 'LeakyRelu',
        inputs: ['product'],
        outputs: ['leaky'],
        attributes: { alpha: { float: 0.5 } },
      },
      {
        operator: 'Transpose',
        inputs: ['leaky'],
        outputs: ['turned'],
        attributes: { perm: { ints: [1, 0] } },
      },
      { operator: 'Cast', inputs: ['turned'], outputs: ['y'], attributes: { to: { int: 1 } } },
    ],
  };
}

async function product(session: InferenceSession): Promise<number[]> {
  const { y } = await session.run({ x: new Tensor('float32', [1, 0, 0, -1], [2, 2]) });
  return Array.from(y!.data as Float32Array);
}

test('the runtime opens a model with its constants within and runs it', async () => {
  const session = await InferenceSession.create(encodeModel(graph(weights)));
  expect(session.inputMetadata).toMatchObject([{ name: 'x', type: 'float32', shape: ['rows', 2] }]);
  expect(await product(session)).toEqual([1, -2, 2, -2.5, 3, -3]);
});

test('constants may lie in a file beside the model', async () => {
  const file = await WeightsFile.create(path.join(folder, 'weights.data'));
  await file.append(new Uint8Array(10));
  const data = await file.append(weights);
  await file.close();
  expect(data).toEqual({ file: 'weights.data', offset: 4096, length: 24 });
  await writeFile(path.join(folder, 'model.onnx'), encodeModel(graph(data)));
  const session = await InferenceSession.create(path.join(folder, 'model.onnx'));
  expect(await product(session)).toEqual([1, -2, 2, -2.5, 3, -3]);
});

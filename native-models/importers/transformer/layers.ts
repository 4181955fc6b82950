import { elementTypes } from '../onnx/graph.ts';
import type { GraphWriter } from '../onnx/graphWriter.ts';
import { quantised } from './quantise.ts';
import { transposed } from './matrices.ts';

/** How products of the blocks are computed: as floats, or with 8-bit integers that CPUs multiply several times as fast. */
export type Arithmetic = 'float' | 'int8';

/** x W + b. `weight` is [out, in], as PyTorch has it, and `bias` [out], null for none. */
export async function linear(
  graph: GraphWriter,
  x: string,
  weight: Float32Array,
  [out, from]: readonly [number, number],
  bias: Float32Array | null,
  arithmetic: Arithmetic,
): Promise<string> {
  const product =
    arithmetic === 'int8'
      ? await integerProduct(graph, x, weight, out, from)
      : graph.node('MatMul', [x, await graph.weight(transposed(weight, out, from), [from, out])]);
  if (!bias) return product;
  return graph.node('Add', [product, await graph.weight(bias, [out], 'float32')]);
}

/** Inputs quantised per call to u8, weights per column to symmetric s8. */
async function integerProduct(
  graph: GraphWriter,
  x: string,
  weight: Float32Array,
  out: number,
  from: number,
): Promise<string> {
  const { integers, scales } = quantised(weight, out, from);
  const [values, scale, zero] = graph.nodes('DynamicQuantizeLinear', 3, [x]) as [string, string, string];
  const product = graph.node('MatMulInteger', [values, await graph.integers(integers, [from, out]), zero]);
  const floats = graph.node('Cast', [product], { to: { int: elementTypes.float32 } });
  const factor = graph.node('Mul', [scale, await graph.weight(scales, [out], 'float32')]);
  return graph.node('Mul', [floats, factor]);
}

/** The last axis at mean 0 and variance 1, then scaled and moved. */
export async function layerNorm(
  graph: GraphWriter,
  x: string,
  weight: Float32Array,
  bias: Float32Array,
  epsilon: number,
): Promise<string> {
  const shape = [weight.length];
  const scale = await graph.weight(weight, shape, 'float32');
  return graph.node('LayerNormalization', [x, scale, await graph.weight(bias, shape, 'float32')], {
    axis: { int: -1 },
    epsilon: { float: epsilon },
  });
}

/** The last axis at a mean square of 1, then scaled. */
export function rmsNorm(graph: GraphWriter, x: string, scale: string, epsilon: number): string {
  const axis = graph.ints([-1]);
  const square = graph.node('ReduceMean', [graph.node('Pow', [x, graph.floats(2)]), axis]);
  const root = graph.node('Sqrt', [graph.node('Add', [square, graph.floats(epsilon)])]);
  return graph.node('Mul', [graph.node('Div', [x, root]), scale]);
}

/** Attention of several heads; `query`, `key` and `value` are [B, n, heads * width]. */
export function attention(
  graph: GraphWriter,
  query: string,
  key: string,
  value: string,
  heads: number,
): string {
  // An operator of onnxruntime: attention that never holds all shares at once is quicker.
  return graph.ortNode('MultiHeadAttention', [query, key, value], { num_heads: { int: heads } });
}

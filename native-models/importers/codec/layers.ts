import type { GraphWriter } from '../onnx/graphWriter.ts';
import type { PartWeights } from '../weights.ts';
import { transposed } from '../transformer/matrices.ts';
import type { CodecLayer } from './plan.ts';

const EPSILON = 1e-6;

/** What the layers of a codec are written with. */
export interface CodecWriter {
  readonly graph: GraphWriter;
  readonly weights: PartWeights;
  readonly groups: number;
}

/** Writes layers one after the other. `x` is [B, C, H, W], and so is what comes out. */
export async function writeLayers(
  writer: CodecWriter,
  x: string,
  layers: readonly CodecLayer[],
): Promise<string> {
  let value = x;
  for (const layer of layers) value = await writeLayer(writer, value, layer);
  return value;
}

async function writeLayer(writer: CodecWriter, x: string, layer: CodecLayer): Promise<string> {
  const { graph } = writer;
  switch (layer.kind) {
    case 'convolution':
      return convolution(writer, x, layer.name);
    case 'down': {
      if (layer.name === null)
        return graph.node('AveragePool', [x], { kernel_shape: { ints: [2, 2] }, strides: { ints: [2, 2] } });
      // Padded on the right and below alone.
      return convolution(writer, x, layer.name, { stride: 2, pads: [0, 0, 1, 1] });
    }
    case 'up': {
      const larger = doubled(graph, x);
      return layer.name === null ? larger : convolution(writer, larger, layer.name);
    }
    case 'norm': {
      const y = await groupNorm(writer, x, layer.name);
      return layer.swish ? swish(graph, y) : y;
    }
    case 'attention':
      return attention(writer, x, layer);
    case 'residual': {
      const first = swish(graph, await groupNorm(writer, x, layer.norm1));
      const middle = await convolution(writer, first, layer.conv1);
      const second = swish(graph, await groupNorm(writer, middle, layer.norm2));
      const change = await convolution(writer, second, layer.conv2);
      const from = layer.shortcutOf === 'input' ? x : change;
      return graph.node('Add', [
        layer.shortcut === null ? x : await convolution(writer, from, layer.shortcut),
        change,
      ]);
    }
  }
}

/** A convolution with the bias that it may have; the size stays where nothing else is said. */
export async function convolution(
  { graph, weights }: CodecWriter,
  x: string,
  name: string,
  { stride = 1, pads }: { readonly stride?: number; readonly pads?: readonly number[] } = {},
): Promise<string> {
  const shape = weights.shape(`${name}.weight`); // [out, in, k, k]
  const [out = 1, , height = 1, width = 1] = shape;
  const weight = await graph.weight(await weights.read(`${name}.weight`), shape);
  const bias = weights.has(`${name}.bias`)
    ? [await graph.weight(await weights.read(`${name}.bias`, [out]), [out], 'float32')]
    : [];
  const [top, left] = [(height - 1) >> 1, (width - 1) >> 1];
  return graph.node('Conv', [x, weight, ...bias], {
    kernel_shape: { ints: [height, width] },
    pads: { ints: pads ?? [top, left, top, left] },
    strides: { ints: [stride, stride] },
  });
}

/** Each group of channels over the whole frame at mean 0 and variance 1, then the channels scaled and moved. */
async function groupNorm({ graph, weights, groups }: CodecWriter, x: string, name: string): Promise<string> {
  const channels = weights.shape(`${name}.weight`)[0] ?? 0;
  const column = [channels, 1, 1];
  const scale = await graph.weight(await weights.read(`${name}.weight`, [channels]), column, 'float32');
  const bias = await graph.weight(await weights.read(`${name}.bias`, [channels]), column, 'float32');
  const ones = await graph.weight(new Float32Array(groups).fill(1), [groups], 'float32');
  const zeros = await graph.weight(new Float32Array(groups), [groups], 'float32');
  const grouped = graph.node('Reshape', [x, graph.ints([0, groups, -1])]);
  const normal = graph.node('InstanceNormalization', [grouped, ones, zeros], { epsilon: { float: EPSILON } });
  const back = graph.node('Reshape', [normal, graph.node('Shape', [x])]);
  return graph.node('Add', [graph.node('Mul', [back, scale]), bias]);
}

function swish(graph: GraphWriter, x: string): string {
  return graph.node('Mul', [x, graph.node('Sigmoid', [x])]);
}

function doubled(graph: GraphWriter, x: string): string {
  const scales = graph.floats([1, 1, 2, 2]);
  return graph.node('Resize', [x, '', scales], {
    mode: { text: 'nearest' },
    nearest_mode: { text: 'floor' },
    coordinate_transformation_mode: { text: 'asymmetric' },
  });
}

async function attention(
  writer: CodecWriter,
  x: string,
  layer: CodecLayer & { readonly kind: 'attention' },
): Promise<string> {
  const { graph, weights } = writer;
  const channels = weights.shape(`${layer.norm}.weight`)[0] ?? 0;
  const normal = await groupNorm(writer, x, layer.norm);
  const flat = graph.node('Reshape', [normal, graph.ints([0, channels, -1])]);
  const tokens = graph.node('Transpose', [flat], { perm: { ints: [0, 2, 1] } }); // [B, H W, C]
  const product = async (from: string, name: string): Promise<string> => {
    const values = await weights.read(`${name}.weight`);
    const weight = await graph.weight(transposed(values, channels, channels), [channels, channels]);
    const bias = await graph.weight(await weights.read(`${name}.bias`, [channels]), [channels], 'float32');
    return graph.node('Add', [graph.node('MatMul', [from, weight]), bias]);
  };
  const parts: string[] = [];
  for (const name of [layer.query, layer.key, layer.value]) parts.push(await product(tokens, name));
  const mixed = graph.ortNode('MultiHeadAttention', parts, { num_heads: { int: 1 } });
  const out = graph.node('Transpose', [await product(mixed, layer.out)], { perm: { ints: [0, 2, 1] } });
  return graph.node('Add', [x, graph.node('Reshape', [out, graph.node('Shape', [x])])]);
}

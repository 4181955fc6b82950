import type { GraphWriter } from '../onnx/graphWriter.ts';
import type { PartWeights } from '../weights.ts';
import { type Arithmetic, attention, layerNorm, linear } from './layers.ts';

/** What the blocks of a transformer are written with. */
export interface BlockWriter {
  readonly graph: GraphWriter;
  readonly weights: PartWeights;
  readonly arithmetic: Arithmetic;
}

/** The names of a product's tensors. */
export interface ProductNames {
  readonly weight: string; // [out, in]
  readonly bias: string; // [out]
}

/** What a family calls the parts of a block; a norm is named without `.weight` and `.bias`. */
export interface BlockNames {
  readonly norms: readonly [attention: string, inner: string];
  /** What gives queries, keys and values, in this order: three products, or one. */
  readonly seen: readonly ProductNames[];
  readonly out: ProductNames;
  readonly inner: readonly [first: ProductNames, second: ProductNames];
}

/** A product as most modules of PyTorch call it. */
export function product(name: string): ProductNames {
  return { weight: `${name}.weight`, bias: `${name}.bias` };
}

/** x + attention(norm(x)), and of that y + mlp(norm(y)); `x` is [B, n, width]. */
export async function block(
  writer: BlockWriter,
  x: string,
  { norms, seen, out, inner }: BlockNames,
  { heads, epsilon }: { readonly heads: number; readonly epsilon: number },
): Promise<string> {
  const { graph } = writer;
  const parts = await seenParts(writer, await norm(writer, x, norms[0], epsilon), seen);
  const y = graph.node('Add', [x, await dense(writer, attention(graph, ...parts, heads), out)]);
  const first = await dense(writer, await norm(writer, y, norms[1], epsilon), inner[0]);
  return graph.node('Add', [y, await dense(writer, graph.node('Gelu', [first]), inner[1])]);
}

/** Queries, keys and values by one product: its input is quantised once, and its rows are longer. */
async function seenParts(
  { graph, weights, arithmetic }: BlockWriter,
  x: string,
  names: readonly ProductNames[],
): Promise<[query: string, key: string, value: string]> {
  const [matrices, biases] = [[], []] as [Float32Array[], Float32Array[]];
  for (const { weight, bias } of names) {
    matrices.push(await weights.read(weight));
    biases.push(await weights.read(bias));
  }
  const bias = joined(biases);
  const from = weights.shape(names[0]!.weight)[1] ?? 0;
  const all = await linear(graph, x, joined(matrices), [bias.length, from], bias, arithmetic);
  const parts = graph.nodes('Split', 3, [all], { axis: { int: -1 }, num_outputs: { int: 3 } });
  return parts as [string, string, string];
}

export async function norm(
  { graph, weights }: BlockWriter,
  x: string,
  name: string,
  epsilon: number,
): Promise<string> {
  const width = weights.shape(`${name}.weight`);
  const scale = await weights.read(`${name}.weight`);
  return layerNorm(graph, x, scale, await weights.read(`${name}.bias`, width), epsilon);
}

/** x W + b, as the tensors of these names have it. */
export async function dense(
  { graph, weights, arithmetic }: BlockWriter,
  x: string,
  { weight, bias }: ProductNames,
): Promise<string> {
  const [out = 0, from = 0] = weights.shape(weight);
  return linear(
    graph,
    x,
    await weights.read(weight),
    [out, from],
    await weights.read(bias, [out]),
    arithmetic,
  );
}

/** Lists of numbers one after the other. */
export function joined(parts: readonly Float32Array[]): Float32Array {
  if (parts.length === 1) return parts[0]!;
  const out = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

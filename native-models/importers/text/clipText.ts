import type { GraphWriter } from '../onnx/graphWriter.ts';
import { layerNorm, linear } from '../transformer/layers.ts';
import type { PartWeights } from '../weights.ts';

const EPSILON = 1e-5;

/** What a denoiser is told of a text. */
export type TextStates =
  /** The states of the last layer after its norm, each at length 1 (VQ-Diffusion). */
  | 'last-directions'
  /** The states before the last layer, and the projected state of the end as one more row (aMUSEd). */
  | 'penultimate-and-pooled';

export interface TextChoices {
  readonly heads: number;
  readonly states: TextStates;
  readonly activation: 'quick-gelu' | 'gelu';
}

/** Sizes of a text tower, from the shapes of its tensors. */
export function textSizes(weights: Pick<PartWeights, 'shape' | 'has'>): {
  readonly length: number;
  readonly width: number;
  readonly layers: number;
} {
  const [length = 0, width = 0] = weights.shape('text_model.embeddings.position_embedding.weight');
  let layers = 0;
  while (weights.has(`text_model.encoder.layers.${layers}.layer_norm1.weight`)) layers++;
  return { length, width, layers };
}

/** Writes ids[B, length] -> context[B, rows, width]: the text model of CLIP (arXiv 2103.00020), as transformers names it. */
export async function writeClipText(
  graph: GraphWriter,
  weights: PartWeights,
  { heads, states, activation }: TextChoices,
): Promise<void> {
  const { length, width, layers } = textSizes(weights);
  const ids = graph.input('ids', 'int64', ['B', length]);
  const [rows = 0] = weights.shape('text_model.embeddings.token_embedding.weight');
  const table = await graph.weight(
    await weights.read('text_model.embeddings.token_embedding.weight', [rows, width]),
    [rows, width],
  );
  const places = await graph.weight(
    await weights.read('text_model.embeddings.position_embedding.weight', [length, width]),
    [length, width],
    'float32',
  );
  const norm = async (x: string, name: string): Promise<string> =>
    layerNorm(
      graph,
      x,
      await weights.read(`${name}.weight`, [width]),
      await weights.read(`${name}.bias`, [width]),
      EPSILON,
    );
  const dense = async (x: string, name: string): Promise<string> => {
    const [out = 0, from = 0] = weights.shape(`${name}.weight`);
    const bias = await weights.read(`${name}.bias`, [out]);
    return linear(graph, x, await weights.read(`${name}.weight`), [out, from], bias, 'float');
  };
  const causal = await causalMask(graph, length);

  let x = graph.node('Add', [graph.node('Gather', [table, ids]), places]); // [B, length, width]
  let before = x;
  for (let i = 0; i < layers; i++) {
    const layer = `text_model.encoder.layers.${i}`;
    before = x;
    const seen = await norm(x, `${layer}.layer_norm1`);
    const parts: string[] = [];
    for (const part of ['q', 'k', 'v']) parts.push(await dense(seen, `${layer}.self_attn.${part}_proj`));
    const mixed = causalAttention(graph, parts as [string, string, string], causal, length, width, heads);
    x = graph.node('Add', [x, await dense(mixed, `${layer}.self_attn.out_proj`)]);
    const inner = await dense(await norm(x, `${layer}.layer_norm2`), `${layer}.mlp.fc1`);
    const active = activation === 'gelu' ? graph.node('Gelu', [inner]) : quickGelu(graph, inner);
    x = graph.node('Add', [x, await dense(active, `${layer}.mlp.fc2`)]);
  }
  const last = await norm(x, 'text_model.final_layer_norm');
  if (states === 'last-directions') {
    const size = graph.node('ReduceL2', [last, graph.ints([-1])], { keepdims: { int: 1 } });
    graph.output(graph.node('Div', [last, size]), 'context', 'float32', ['B', length, width]);
    return;
  }
  const pooled = await pooledState(graph, weights, last, ids, width);
  const context = graph.node('Concat', [before, pooled], { axis: { int: 1 } });
  graph.output(context, 'context', 'float32', ['B', length + 1, width]);
}

/** x sigmoid(1.702 x) */
export function quickGelu(graph: GraphWriter, x: string): string {
  return graph.node('Mul', [x, graph.node('Sigmoid', [graph.node('Mul', [x, graph.floats(1.702)])])]);
}

/** The projected state of the first end of the text, [B, 1, width]. */
async function pooledState(
  graph: GraphWriter,
  weights: PartWeights,
  last: string,
  ids: string,
  width: number,
): Promise<string> {
  // The end has the highest id of all, and is what a text is filled up with.
  const end = graph.node('ArgMax', [ids], { axis: { int: 1 }, keepdims: { int: 1 } }); // [B, 1]
  const places = graph.node('Unsqueeze', [end, graph.ints([2])]);
  const index = graph.node('Expand', [
    places,
    graph.node('Concat', [rowsOf(graph, ids), graph.ints([1, width])], { axis: { int: 0 } }),
  ]);
  const state = graph.node('GatherElements', [last, index], { axis: { int: 1 } }); // [B, 1, width]
  return linear(
    graph,
    state,
    await weights.read('text_projection.weight', [width, width]),
    [width, width],
    null,
    'float',
  );
}

function rowsOf(graph: GraphWriter, ids: string): string {
  return graph.node('Slice', [graph.node('Shape', [ids]), graph.ints([0]), graph.ints([1])]);
}

/** 0 where a place may look, and very low where it may not: at what comes after it. [length, length] */
async function causalMask(graph: GraphWriter, length: number): Promise<string> {
  const mask = new Float32Array(length * length);
  for (let row = 0; row < length; row++) mask.fill(-1e9, row * length + row + 1, (row + 1) * length);
  return graph.weight(mask, [length, length], 'float32');
}

function causalAttention(
  graph: GraphWriter,
  parts: readonly [query: string, key: string, value: string],
  mask: string,
  length: number,
  width: number,
  heads: number,
): string {
  const [query, key, value] = parts.map((part, i) => {
    const split = graph.node('Reshape', [part, graph.ints([-1, length, heads, width / heads])]);
    return graph.node('Transpose', [split], { perm: { ints: i === 1 ? [0, 2, 3, 1] : [0, 2, 1, 3] } });
  }) as [string, string, string];
  const scaled = graph.node('Mul', [
    graph.node('MatMul', [query, key]),
    graph.floats((width / heads) ** -0.5),
  ]);
  const shares = graph.node('Softmax', [graph.node('Add', [scaled, mask])], { axis: { int: -1 } });
  const mixed = graph.node('Transpose', [graph.node('MatMul', [shares, value])], {
    perm: { ints: [0, 2, 1, 3] },
  });
  return graph.node('Reshape', [mixed, graph.ints([-1, length, width])]);
}

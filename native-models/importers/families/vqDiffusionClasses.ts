import type { GraphWriter } from '../onnx/graphWriter.ts';
import { quickGelu } from '../text/clipText.ts';
import { attention, layerNorm, linear } from '../transformer/layers.ts';
import type { PartWeights } from '../weights.ts';
import type { DenoiserChoices, DenoiserFamily } from './families.ts';
import { IMAGENET } from './imagenet.ts';
import { EPSILON, HEADS, norm, placesOf, timedNorm } from './vqDiffusionDenoiser.ts';

/**
 * The transformer of VQ-Diffusion that is led by a class (Condition2ImageTransformer with blocks "selfcondition",
 * image_synthesis/modeling/transformers/transformer_utils.py): the class leads the second norm of each block, whose inner layers are
 * convolutions over the grid.
 */
export const vqDiffusionClasses: DenoiserFamily = {
  usualHeads(weights) {
    const [, width = 0] = weights.shape('content_emb.emb.weight');
    return width % HEADS === 0 ? HEADS : 1;
  },
  steps: (weights) => weights.shape('blocks.0.ln1.emb.weight')[0] ?? 0,
  kind: 'mask-and-replace',
  timestep: true,
  conditioning: 'class',
  classes: classesOf,
  text: null,
  sampling: { order: 'ancestral', steps: 50, temperature: 1, guidance: 1.5, truncation: 0.94 },
  maskId: (codes) => codes,
  write,
};

/** Rows of the tables of classes; one more stands for no class where that was learned. */
function classesOf(weights: Pick<PartWeights, 'shape'>): number {
  const [rows = 0] = weights.shape('blocks.0.ln2.emb.weight');
  return rows === IMAGENET + 1 ? IMAGENET : rows;
}

async function write(
  graph: GraphWriter,
  weights: PartWeights,
  { side, heads, arithmetic, codes }: DenoiserChoices,
): Promise<void> {
  const cells = side * side;
  const [rows = 0, width = 0] = weights.shape('content_emb.emb.weight');
  const tokens = graph.input('tokens', 'int64', ['B', side, side]);
  const select = graph.input('select', 'int64', ['M']);
  const t = graph.input('t', 'int64', ['B']);
  const shown = graph.input('class', 'int64', ['B']);

  const dense = async (from: string, name: string): Promise<string> => {
    const bias = await weights.read(`${name}.bias`, [width]);
    return linear(graph, from, await weights.read(`${name}.weight`), [width, width], bias, arithmetic);
  };
  const table = await graph.weight(await weights.read('content_emb.emb.weight'), [rows, width]);
  const places = await placesOf(weights, { embedding: 'content_emb' }, side);
  const ids = graph.node('Reshape', [tokens, graph.ints([-1, cells])]);
  const embedded = graph.node('Gather', [table, ids]);
  let x = graph.node('Add', [embedded, await graph.weight(places, [cells, width], 'float32')]); // [B, cells, width]
  for (let i = 0; weights.has(`blocks.${i}.ln1.emb.weight`); i++) {
    const block = `blocks.${i}`;
    const first = await timedNorm(graph, weights, x, t, `${block}.ln1`, width);
    const parts = ['query', 'key', 'value'].map((part) => `${block}.attn.${part}`);
    const [q, k, v] = [
      await dense(first, parts[0]!),
      await dense(first, parts[1]!),
      await dense(first, parts[2]!),
    ];
    x = graph.node('Add', [x, await dense(attention(graph, q, k, v, heads), `${block}.attn.proj`)]);
    const second = await classNorm(graph, weights, x, shown, `${block}.ln2`, width);
    x = graph.node('Add', [x, await convolved(graph, weights, second, `${block}.mlp`, width, side)]);
  }
  const chosen = graph.node('Gather', [graph.node('Reshape', [x, graph.ints([-1, width])]), select]);
  const logits = await linear(
    graph,
    await norm(graph, weights, chosen, 'to_logits.0', width),
    await weights.read('to_logits.1.weight'),
    [codes, width],
    await weights.read('to_logits.1.bias', [codes]),
    'float',
  );
  graph.output(logits, 'logits', 'float32', ['M', codes]);
}

/** norm(x) (1 + scale) + shift, both of which follow from the class. */
async function classNorm(
  graph: GraphWriter,
  weights: PartWeights,
  x: string,
  shown: string,
  name: string,
  width: number,
): Promise<string> {
  const table = withNone(await weights.read(`${name}.emb.weight`), classesOf(weights), width);
  const rows = await graph.weight(table, [table.length / width, width]);
  const bias = await weights.read(`${name}.linear.bias`, [2 * width]);
  const chosen = graph.node('Gather', [rows, shown]); // [B, width]
  const both = await linear(
    graph,
    graph.node('Mul', [chosen, graph.node('Sigmoid', [chosen])]),
    await weights.read(`${name}.linear.weight`),
    [2 * width, width],
    bias,
    'float',
  );
  const apart = graph.node('Unsqueeze', [both, graph.ints([1])]); // [B, 1, 2 width]
  const [scale, shift] = graph.nodes('Split', 2, [apart], { axis: { int: -1 }, num_outputs: { int: 2 } });
  const ones = new Float32Array(width).fill(1);
  const normal = await layerNorm(graph, x, ones, new Float32Array(width), EPSILON);
  const scaled = graph.node('Mul', [normal, graph.node('Add', [scale!, graph.floats(1)])]);
  return graph.node('Add', [scaled, shift!]);
}

/** A table of classes with a row for none. Where that was not learned it is the mean of the others, as in `AdaLayerNorm.forward`. */
function withNone(table: Float32Array, classes: number, width: number): Float32Array {
  if (table.length > classes * width) return table;
  const all = new Float32Array((classes + 1) * width);
  all.set(table);
  for (let i = 0; i < width; i++) {
    let sum = 0;
    for (let row = 0; row < classes; row++) sum += table[row * width + i]!;
    all[classes * width + i] = sum / classes;
  }
  return all;
}

/** Two convolutions of 3 x 3 over the grid with a quick GELU between them; x is [B, cells, width]. */
async function convolved(
  graph: GraphWriter,
  weights: PartWeights,
  x: string,
  name: string,
  width: number,
  side: number,
): Promise<string> {
  const convolution = async (from: string, part: string): Promise<string> => {
    const shape = weights.shape(`${name}.${part}.weight`);
    const kernel = await graph.weight(await weights.read(`${name}.${part}.weight`), shape);
    const bias = await weights.read(`${name}.${part}.bias`, [shape[0] ?? 0]);
    return graph.node('Conv', [from, kernel, await graph.weight(bias, [bias.length], 'float32')], {
      kernel_shape: { ints: [3, 3] },
      pads: { ints: [1, 1, 1, 1] },
    });
  };
  const rows = graph.node('Transpose', [x], { perm: { ints: [0, 2, 1] } });
  const image = graph.node('Reshape', [rows, graph.ints([-1, width, side, side])]);
  const out = await convolution(quickGelu(graph, await convolution(image, 'conv1')), 'conv2');
  const flat = graph.node('Reshape', [out, graph.ints([-1, width, side * side])]);
  return graph.node('Transpose', [flat], { perm: { ints: [0, 2, 1] } });
}

import type { GraphWriter } from '../onnx/graphWriter.ts';
import { quickGelu } from '../text/clipText.ts';
import { wholeIn } from '../package/configBeside.ts';
import { attention, layerNorm, linear } from '../transformer/layers.ts';
import type { PartWeights } from '../weights.ts';
import type { DenoiserChoices, DenoiserFamily } from './families.ts';

export const EPSILON = 1e-5;
export const HEADS = 16; // of all that were published

/** What the two layouts of the weights call their parts: the authors' own, and that of diffusers. */
interface Names {
  readonly embedding: string;
  readonly block: (index: number) => string;
  readonly norms: readonly [self: string, cross: string, inner: string];
  readonly attention: readonly [query: string, key: string, value: string, out: string];
  readonly inner: readonly [first: string, second: string];
  readonly end: readonly [norm: string, product: string];
}

const AUTHORS: Names = {
  embedding: 'content_emb',
  block: (index) => `blocks.${index}`,
  norms: ['ln1', 'ln1_1', 'ln2'],
  attention: ['query', 'key', 'value', 'proj'],
  inner: ['mlp.0', 'mlp.2'],
  end: ['to_logits.0', 'to_logits.1'],
};

const DIFFUSERS: Names = {
  embedding: 'latent_image_embedding',
  block: (index) => `transformer_blocks.${index}`,
  norms: ['norm1', 'norm2', 'norm3'],
  attention: ['to_q', 'to_k', 'to_v', 'to_out.0'],
  inner: ['ff.net.0.proj', 'ff.net.2'],
  end: ['norm_out', 'out'],
};

/**
 * The transformer of VQ-Diffusion that is led by a text (image_synthesis/modeling/transformers/transformer_utils.py;
 * Transformer2DModel of diffusers). What a timestep does to a norm is worked out for every timestep when the graph is written.
 */
export const vqDiffusionDenoiser: DenoiserFamily = {
  usualHeads(weights, config) {
    const said = wholeIn(config, 'num_attention_heads');
    if (said !== null) return said;
    const [, width = 0] = weights.shape(`${namesOf(weights).embedding}.emb.weight`);
    return width % HEADS === 0 ? HEADS : 1;
  },
  steps(weights) {
    const names = namesOf(weights);
    return weights.shape(`${names.block(0)}.${names.norms[0]}.emb.weight`)[0] ?? 0;
  },
  kind: 'mask-and-replace',
  timestep: true,
  conditioning: 'clip-text',
  text: 'last-directions',
  sampling: { order: 'ancestral', steps: 50, temperature: 1, guidance: 5 },
  maskId: (codes) => codes,
  write,
};

function namesOf(weights: Pick<PartWeights, 'has'>): Names {
  return weights.has(`${DIFFUSERS.embedding}.emb.weight`) ? DIFFUSERS : AUTHORS;
}

async function write(
  graph: GraphWriter,
  weights: PartWeights,
  { side, heads, arithmetic, context }: DenoiserChoices,
): Promise<void> {
  const names = namesOf(weights);
  const cells = side * side;
  const [rows = 0, width = 0] = weights.shape(`${names.embedding}.emb.weight`);
  const tokens = graph.input('tokens', 'int64', ['B', side, side]);
  const select = graph.input('select', 'int64', ['M']);
  const t = graph.input('t', 'int64', ['B']);
  const states = graph.input('context', 'float32', ['B', context.rows, context.width]);

  const dense = async (from: string, name: string): Promise<string> => {
    const [out = 0, inner = 0] = weights.shape(`${name}.weight`);
    const bias = await weights.read(`${name}.bias`, [out]);
    return linear(graph, from, await weights.read(`${name}.weight`), [out, inner], bias, arithmetic);
  };
  const attend = async (seen: string, of: string, name: string): Promise<string> => {
    const [query, key, value, out] = names.attention;
    const q = await dense(seen, `${name}.${query}`);
    const k = await dense(of, `${name}.${key}`);
    const v = await dense(of, `${name}.${value}`);
    return dense(attention(graph, q, k, v, heads), `${name}.${out}`);
  };

  const table = await graph.weight(await weights.read(`${names.embedding}.emb.weight`), [rows, width]);
  const places = await graph.weight(await placesOf(weights, names, side), [cells, width], 'float32');
  const ids = graph.node('Reshape', [tokens, graph.ints([-1, cells])]);
  let x = graph.node('Add', [graph.node('Gather', [table, ids]), places]); // [B, cells, width]
  const [self, cross, inner] = names.norms;
  for (let i = 0; weights.has(`${names.block(i)}.${self}.emb.weight`); i++) {
    const block = names.block(i);
    const first = await timedNorm(graph, weights, x, t, `${block}.${self}`, width);
    x = graph.node('Add', [x, await attend(first, first, `${block}.attn1`)]);
    const second = await timedNorm(graph, weights, x, t, `${block}.${cross}`, width);
    x = graph.node('Add', [x, await attend(second, states, `${block}.attn2`)]);
    const third = await norm(graph, weights, x, `${block}.${inner}`, width);
    const active = quickGelu(graph, await dense(third, `${block}.${names.inner[0]}`));
    x = graph.node('Add', [x, await dense(active, `${block}.${names.inner[1]}`)]);
  }
  const chosen = graph.node('Gather', [graph.node('Reshape', [x, graph.ints([-1, width])]), select]);
  const [endNorm, product] = names.end;
  const normal = await norm(graph, weights, chosen, endNorm, width);
  const [codes = 0] = weights.shape(`${product}.weight`);
  const logits = await linear(
    graph,
    normal,
    await weights.read(`${product}.weight`),
    [codes, width],
    await weights.read(`${product}.bias`, [codes]),
    'float',
  );
  graph.output(logits, 'logits', 'float32', ['M', codes]);
}

/** What a place adds: the sum of what its row and its column add. */
export async function placesOf(
  weights: PartWeights,
  { embedding }: Pick<Names, 'embedding'>,
  side: number,
): Promise<Float32Array> {
  const [wide = 1, width = 0] = weights.shape(`${embedding}.width_emb.weight`);
  const rows = await weights.read(`${embedding}.height_emb.weight`);
  const columns = await weights.read(`${embedding}.width_emb.weight`);
  const out = new Float32Array(side * side * width);
  for (let cell = 0; cell < side * side; cell++) {
    // A smaller grid than the table fills its first rows, from end to end.
    const [row, column] = [Math.floor(cell / wide), cell % wide];
    for (let i = 0; i < width; i++)
      out[cell * width + i] = rows[row * width + i]! + columns[column * width + i]!;
  }
  return out;
}

/** Norm with weights of its own. */
export async function norm(
  graph: GraphWriter,
  weights: PartWeights,
  x: string,
  name: string,
  width: number,
): Promise<string> {
  const weight = await weights.read(`${name}.weight`, [width]);
  return layerNorm(graph, x, weight, await weights.read(`${name}.bias`, [width]), EPSILON);
}

/** norm(x) (1 + scale) + shift, both of which follow from the timestep. */
export async function timedNorm(
  graph: GraphWriter,
  weights: PartWeights,
  x: string,
  t: string,
  name: string,
  width: number,
): Promise<string> {
  const [steps = 0] = weights.shape(`${name}.emb.weight`);
  const led = (await weights.read(`${name}.emb.weight`, [steps, width])).map((v) => v / (1 + Math.exp(-v)));
  const matrix = await weights.read(`${name}.linear.weight`, [2 * width, width]);
  const bias = await weights.read(`${name}.linear.bias`, [2 * width]);
  const scales = new Float32Array(steps * width);
  const shifts = new Float32Array(steps * width);
  for (let step = 0; step < steps; step++) {
    for (let row = 0; row < 2 * width; row++) {
      let sum = bias[row]!;
      for (let i = 0; i < width; i++) sum += matrix[row * width + i]! * led[step * width + i]!;
      if (row < width) scales[step * width + row] = 1 + sum;
      else shifts[step * width + row - width] = sum;
    }
  }
  const ofStep = async (values: Float32Array): Promise<string> => {
    const chosen = graph.node('Gather', [await graph.weight(values, [steps, width], 'float32'), t]);
    return graph.node('Unsqueeze', [chosen, graph.ints([1])]); // [B, 1, width]
  };
  const ones = new Float32Array(width).fill(1);
  const normal = await layerNorm(graph, x, ones, new Float32Array(width), EPSILON);
  return graph.node('Add', [graph.node('Mul', [normal, await ofStep(scales)]), await ofStep(shifts)]);
}

import type { GraphWriter } from '../onnx/graphWriter.ts';
import { wholeIn } from '../package/configBeside.ts';
import { attention, linear, rmsNorm } from '../transformer/layers.ts';
import type { PartWeights } from '../weights.ts';
import type { DenoiserChoices, DenoiserFamily } from './families.ts';
import { unknownVariant } from './variant.ts';

const EPSILON = 1e-6;
const HEAD = 64; // numbers that a head of attention is wide
const SCORE = 6; // how beautiful the pictures are to be, as the authors ask for
const FACTS = 5; // width, height, two of a crop, score
const SLOWEST = 10_000; // period of the slowest wave of the facts

/**
 * The transformer of aMUSEd (arXiv 2401.01808; UVit2DModel of diffusers): convolutions around a transformer, none of which knows
 * a place. The last row of its context is the text as a whole; the size of the picture is a constant.
 */
export const amusedDenoiser: DenoiserFamily = {
  /** The width of a head, since there are two numbers of them. */
  usualHeads(_, config) {
    const [width, heads] = [wholeIn(config, 'hidden_size'), wholeIn(config, 'num_attention_heads')];
    return width !== null && heads !== null && width % heads === 0 ? width / heads : HEAD;
  },
  steps: () => 12,
  kind: 'absorbing',
  timestep: false,
  conditioning: 'clip-text',
  text: 'penultimate-and-pooled',
  sampling: {
    order: 'annealed',
    schedule: 'linear',
    steps: 12,
    temperature: 1,
    gumbel: 2,
    guidance: 10,
  },
  // Its table has rows to spare, and the last stands for a missing token.
  maskId: (_, weights) => (weights.shape('embed.embeddings.weight')[0] ?? 0) - 1,
  write,
};

async function write(
  graph: GraphWriter,
  weights: PartWeights,
  { side, heads: head, arithmetic, context, downsample }: DenoiserChoices,
): Promise<void> {
  const cells = side * side;
  const [rows = 0, channels = 0] = weights.shape('embed.embeddings.weight');
  const tokens = graph.input('tokens', 'int64', ['B', side, side]);
  const select = graph.input('select', 'int64', ['M']);
  const told = graph.input('context', 'float32', ['B', context.rows, context.width]);

  const dense = async (from: string, name: string): Promise<string> => {
    const [out = 0, inner = 0] = weights.shape(`${name}.weight`);
    const values = await weights.read(`${name}.weight`);
    return linear(graph, from, values, [out, inner], null, arithmetic);
  };
  const rms = async (x: string, name: string): Promise<string> => {
    const width = weights.shape(`${name}.weight`);
    return rmsNorm(
      graph,
      x,
      await graph.weight(await weights.read(`${name}.weight`), width, 'float32'),
      EPSILON,
    );
  };
  const silu = (x: string): string => graph.node('Mul', [x, graph.node('Sigmoid', [x])]);
  const attend = async (seen: string, of: string, name: string): Promise<string> => {
    const [width = 0] = weights.shape(`${name}.to_q.weight`);
    if (width % head !== 0) throw unknownVariant('aMUSEd');
    const parts: string[] = [];
    for (const [part, from] of [
      ['to_q', seen],
      ['to_k', of],
      ['to_v', of],
    ] as const)
      parts.push(await dense(from, `${name}.${part}`));
    const [query, key, value] = parts as [string, string, string];
    return dense(attention(graph, query, key, value, width / head), `${name}.to_out.0`);
  };
  /** (1 + scale) x + shift, both of which follow from `by`; x is [B, n, width]. */
  const led = async (x: string, by: string, name: string): Promise<string> => {
    const both = await dense(by, name);
    const [scale, shift] = graph.nodes('Split', 2, [both], { axis: { int: -1 }, num_outputs: { int: 2 } });
    const column = (part: string): string => graph.node('Unsqueeze', [part, graph.ints([1])]);
    const factor = graph.node('Add', [column(scale!), graph.floats(1)]);
    return graph.node('Add', [graph.node('Mul', [x, factor]), column(shift!)]);
  };

  const states = graph.node('Slice', [
    told,
    graph.ints([0]),
    graph.ints([context.rows - 1]),
    graph.ints([1]),
  ]);
  const pooled = graph.node('Gather', [told, graph.ints(context.rows - 1)], { axis: { int: 1 } });
  const seen = await rms(await dense(states, 'encoder_proj'), 'encoder_proj_layer_norm');
  const by = silu(await factsAndText(graph, weights, pooled, dense, silu, side * downsample, context.width));

  // [B, cells, channels] between the blocks, [B, channels, h, w] where something is convolved.
  const asImage = (x: string, wide: number, size: number): string =>
    graph.node('Transpose', [graph.node('Reshape', [x, graph.ints([-1, size, size, wide])])], {
      perm: { ints: [0, 3, 1, 2] },
    });
  const asRows = (x: string, wide: number, count: number): string =>
    graph.node('Reshape', [
      graph.node('Transpose', [x], { perm: { ints: [0, 2, 3, 1] } }),
      graph.ints([-1, count, wide]),
    ]);
  const block = async (x: string, name: string, wide: number, size: number): Promise<string> => {
    let rowsOf = x;
    for (let i = 0; weights.has(`${name}.res_blocks.${i}.depthwise.weight`); i++) {
      const res = `${name}.res_blocks.${i}`;
      const kernel = await graph.weight(await weights.read(`${res}.depthwise.weight`, [wide, 1, 3, 3]), [
        wide,
        1,
        3,
        3,
      ]);
      const near = graph.node('Conv', [asImage(rowsOf, wide, size), kernel], {
        group: { int: wide },
        kernel_shape: { ints: [3, 3] },
        pads: { ints: [1, 1, 1, 1] },
      });
      const normal = await rms(asRows(near, wide, size * size), `${res}.norm`);
      const inner = graph.node('Gelu', [await dense(normal, `${res}.channelwise_linear_1`)]);
      const responses = await globalResponse(graph, weights, inner, `${res}.channelwise_norm`);
      const change = await dense(responses, `${res}.channelwise_linear_2`);
      rowsOf = await led(graph.node('Add', [change, rowsOf]), by, `${res}.cond_embeds_mapper`);

      const skip = `${name}.attention_blocks.${i}`;
      const of = weights.has(`${skip}.kv_mapper.weight`)
        ? await dense(silu(seen), `${skip}.kv_mapper`)
        : seen;
      for (const part of [1, 2]) {
        const attended = await attend(await rms(rowsOf, `${skip}.norm${part}`), of, `${skip}.attn${part}`);
        rowsOf = graph.node('Add', [attended, rowsOf]);
      }
    }
    return rowsOf;
  };

  const table = await graph.weight(await weights.read('embed.embeddings.weight'), [rows, channels]);
  const ids = graph.node('Reshape', [tokens, graph.ints([-1, cells])]);
  const embedded = await rms(graph.node('Gather', [table, ids]), 'embed.layer_norm');
  let x = await dense2d(weights, graph, embedded, 'embed.conv', arithmetic);
  const [wide = channels] = weights.shape('embed.conv.weight');
  const halves = weights.has('down_block.downsample.conv.weight');
  const size = halves ? side / 2 : side;
  if (halves) {
    const shape = weights.shape('down_block.downsample.conv.weight');
    const kernel = await graph.weight(await weights.read('down_block.downsample.conv.weight'), shape);
    const normal = asImage(await rms(x, 'down_block.downsample.norm'), wide, side);
    const smaller = graph.node('Conv', [normal, kernel], {
      kernel_shape: { ints: [2, 2] },
      strides: { ints: [2, 2] },
    });
    x = asRows(smaller, wide, size * size);
  }
  x = await block(x, 'down_block', wide, size);

  let h = await dense(await rms(x, 'project_to_hidden_norm'), 'project_to_hidden');
  for (let i = 0; weights.has(`transformer_layers.${i}.attn1.to_q.weight`); i++) {
    const layer = `transformer_layers.${i}`;
    const first = await led(await rms(h, `${layer}.norm1.norm`), by, `${layer}.norm1.linear`);
    h = graph.node('Add', [await attend(first, first, `${layer}.attn1`), h]);
    const second = await led(await rms(h, `${layer}.norm2.norm`), by, `${layer}.norm2.linear`);
    h = graph.node('Add', [await attend(second, seen, `${layer}.attn2`), h]);
    const third = await led(
      await plainNorm(graph, weights, h, `${layer}.norm3.norm`),
      by,
      `${layer}.norm3.linear`,
    );
    const both = await dense(third, `${layer}.ff.net.0.proj`);
    const [value, gate] = graph.nodes('Split', 2, [both], { axis: { int: -1 }, num_outputs: { int: 2 } });
    const gated = graph.node('Mul', [value!, graph.node('Gelu', [gate!])]);
    h = graph.node('Add', [await dense(gated, `${layer}.ff.net.2`), h]);
  }
  x = await dense(await rms(h, 'project_from_hidden_norm'), 'project_from_hidden');
  x = await block(x, 'up_block', wide, size);
  if (halves) {
    const shape = weights.shape('up_block.upsample.conv.weight');
    const kernel = await graph.weight(await weights.read('up_block.upsample.conv.weight'), shape);
    const normal = asImage(await rms(x, 'up_block.upsample.norm'), wide, size);
    const larger = graph.node('ConvTranspose', [normal, kernel], {
      kernel_shape: { ints: [2, 2] },
      strides: { ints: [2, 2] },
    });
    x = asRows(larger, wide, cells);
  }

  const chosen = graph.node('Gather', [graph.node('Reshape', [x, graph.ints([-1, wide])]), select]);
  const first = await dense2d(weights, graph, chosen, 'mlm_layer.conv1', 'float');
  const normal = await rms(first, 'mlm_layer.layer_norm');
  const [codes = 0] = weights.shape('mlm_layer.conv2.weight');
  graph.output(await dense2d(weights, graph, normal, 'mlm_layer.conv2', 'float'), 'logits', 'float32', [
    'M',
    codes,
  ]);
}

/** A convolution of 1 x 1, over rows. */
async function dense2d(
  weights: PartWeights,
  graph: GraphWriter,
  x: string,
  name: string,
  arithmetic: DenoiserChoices['arithmetic'],
): Promise<string> {
  const [out = 0, inner = 0] = weights.shape(`${name}.weight`);
  return linear(
    graph,
    x,
    await weights.read(`${name}.weight`, [out, inner, 1, 1]),
    [out, inner],
    null,
    arithmetic,
  );
}

/** The whole of the text with the facts of the picture, as one vector. */
async function factsAndText(
  graph: GraphWriter,
  weights: PartWeights,
  pooled: string,
  dense: (x: string, name: string) => Promise<string>,
  silu: (x: string) => string,
  pixels: number, // a side of the picture
  width: number,
): Promise<string> {
  const [, all = 0] = weights.shape('cond_embed.linear_1.weight');
  const waves = (all - width) / FACTS;
  if (waves <= 0 || waves % 2 !== 0) throw unknownVariant('aMUSEd');
  const facts = Float32Array.from([pixels, pixels, 0, 0, SCORE].flatMap((fact) => wavesOf(fact, waves)));
  const constant = await graph.weight(facts, [1, facts.length], 'float32');
  const batch = graph.node('Slice', [graph.node('Shape', [pooled]), graph.ints([0]), graph.ints([1])]);
  const shape = graph.node('Concat', [batch, graph.ints([facts.length])], { axis: { int: 0 } });
  const both = graph.node('Concat', [pooled, graph.node('Expand', [constant, shape])], { axis: { int: 1 } });
  return dense(silu(await dense(both, 'cond_embed.linear_1')), 'cond_embed.linear_2');
}

/** A number as cosines and then sines of falling frequency. */
function wavesOf(value: number, count: number): number[] {
  const half = count / 2;
  const phases = Array.from({ length: half }, (_, i) => value * Math.exp((-Math.log(SLOWEST) * i) / half));
  return [...phases.map(Math.cos), ...phases.map(Math.sin)];
}

/** Global response normalisation (ConvNeXt V2, arXiv 2301.00808) over [B, cells, channels]. */
async function globalResponse(
  graph: GraphWriter,
  weights: PartWeights,
  x: string,
  name: string,
): Promise<string> {
  const shape = weights.shape(`${name}.gamma`);
  const wide = shape.at(-1) ?? 0;
  const gamma = await graph.weight(await weights.read(`${name}.gamma`, shape), [wide], 'float32');
  const beta = await graph.weight(await weights.read(`${name}.beta`, shape), [wide], 'float32');
  const response = graph.node('ReduceL2', [x, graph.ints([1])], { keepdims: { int: 1 } });
  const mean = graph.node('ReduceMean', [response, graph.ints([-1])], { keepdims: { int: 1 } });
  const share = graph.node('Div', [response, graph.node('Add', [mean, graph.floats(EPSILON)])]);
  const scaled = graph.node('Mul', [graph.node('Mul', [x, share]), gamma]);
  return graph.node('Add', [graph.node('Add', [scaled, beta]), x]);
}

/** The last axis at mean 0 and variance 1, then scaled. */
async function plainNorm(graph: GraphWriter, weights: PartWeights, x: string, name: string): Promise<string> {
  const width = weights.shape(`${name}.weight`);
  const scale = await graph.weight(await weights.read(`${name}.weight`), width, 'float32');
  return graph.node('LayerNormalization', [x, scale], { axis: { int: -1 }, epsilon: { float: EPSILON } });
}

import type { GraphWriter } from '../onnx/graphWriter.ts';
import type { PartWeights } from '../weights.ts';
import { block, dense, joined, norm, product } from '../transformer/blocks.ts';
import { guided, rowsOf, selected, withTokens } from '../transformer/ends.ts';
import { linear } from '../transformer/layers.ts';
import type { DenoiserChoices, DenoiserFamily } from './families.ts';
import { PLAIN } from './plain.ts';

const EPSILON = 1e-5; // of the blocks
const END_EPSILON = 1e-12; // of the layers before and after them
const HEADS = 16; // of every size that the authors train

/**
 * MaskGIT-pytorch (Network/transformer.py of its branch v1.0): the class is the last token, and codes, a missing token, classes and
 * no class share one table, which is also the head. With guidance the batch runs twice, once without a class.
 */
export const maskgitDenoiser: DenoiserFamily = {
  usualHeads(weights) {
    const [, width = 0] = weights.shape('tok_emb.weight');
    return width % HEADS === 0 ? HEADS : 1;
  },
  steps: () => 12,
  ...PLAIN,
  // Its own schedule reveals as the cosine does, to a few hundredths.
  sampling: { order: 'annealed', schedule: 'cosine', steps: 12, temperature: 1, gumbel: 4.5 },
  maskId: (codes) => codes,
  write,
};

async function write(
  graph: GraphWriter,
  weights: PartWeights,
  { side, heads, arithmetic, codes, classId, guidance }: DenoiserChoices,
): Promise<void> {
  const cells = side * side;
  const writer = { graph, weights, arithmetic };
  const [rows = 0, width = 0] = weights.shape('tok_emb.weight');
  const words = await weights.read('tok_emb.weight', [rows, width]);
  const places = await weights.read('pos_emb', [1, cells + 1, width]);
  const [none, one] = [rows - 1, codes + 1 + (classId ?? 0)];
  const led = classId === null ? [none] : guidance === 0 ? [one] : [one, none];

  const tokens = graph.input('tokens', 'int64', ['B', side, side]);
  const select = graph.input('select', 'int64', ['M']);
  const ids = graph.node('Reshape', [tokens, graph.ints([-1, cells])]);
  const table = await graph.weight(words.subarray(0, (codes + 1) * width), [codes + 1, width]);
  const placed = await graph.weight(places.subarray(0, cells * width), [cells, width]);
  const embedded = graph.node('Add', [graph.node('Gather', [table, ids]), placed]); // [B, cells, width]
  const classes: string[] = [];
  for (const row of led) {
    const word = words.subarray(row * width, (row + 1) * width);
    const token = word.map((value, i) => value + places[cells * width + i]!);
    classes.push(await graph.weight(token, [1, 1, width], 'float32'));
  }
  let x = withTokens(graph, embedded, classes, 'last'); // [C B, cells + 1, width]
  x = await norm(writer, x, 'first_layer.0', END_EPSILON);
  x = graph.node('Gelu', [await dense(writer, x, product('first_layer.2'))]);
  x = await norm(writer, x, 'first_layer.4', END_EPSILON);
  x = await dense(writer, x, product('first_layer.6'));
  for (let i = 0; weights.has(`transformer.layers.${i}.0.norm.weight`); i++) {
    const of = (part: string): string => `transformer.layers.${i}.${part}`;
    const names = {
      norms: [of('0.norm'), of('1.norm')],
      seen: [{ weight: of('0.fn.mha.in_proj_weight'), bias: of('0.fn.mha.in_proj_bias') }],
      out: product(of('0.fn.mha.out_proj')),
      inner: [product(of('1.fn.net.0')), product(of('1.fn.net.3'))],
    } as const;
    x = await block(writer, x, names, { heads, epsilon: EPSILON });
  }
  let end = selected(graph, rowsOf(graph, x, 0, cells), select, led.length, width); // [C, M, width]
  end = await norm(writer, end, 'last_layer.0', END_EPSILON);
  end = graph.node('Gelu', [await dense(writer, end, product('last_layer.2'))]);
  end = await norm(writer, end, 'last_layer.4', END_EPSILON);
  const head = words.subarray(0, codes * width);
  const scores = await linear(
    graph,
    guided(graph, end, led.length, guidance),
    head,
    [codes, width],
    null,
    'float',
  );
  // Each place has biases of its own.
  const biases = await weights.read('bias', [cells + 1, rows]);
  const kept = joined(
    Array.from({ length: cells }, (_, cell) => biases.subarray(cell * rows, cell * rows + codes)),
  );
  const cell = graph.node('Mod', [select, graph.ints(cells)]);
  const bias = graph.node('Gather', [await graph.weight(kept, [cells, codes], 'float32'), cell]);
  graph.output(graph.node('Add', [scores, bias]), 'logits', 'float32', ['M', codes]);
}

import { USUAL_GUIDANCE } from '../../../core/model/importing.ts';
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
 * no class share one table, which is also the head. The graph is told the class, or one is chosen when it is written; with guidance the
 * batch then runs twice, once without a class.
 */
export const maskgitDenoiser: DenoiserFamily = {
  usualHeads(weights) {
    const [, width = 0] = weights.shape('tok_emb.weight');
    return width % HEADS === 0 ? HEADS : 1;
  },
  steps: () => 12,
  ...PLAIN,
  conditioning: 'class',
  classes: (weights, codes) => classesOf(weights, codes),
  // Its own schedule reveals as the cosine does, to a few hundredths.
  sampling: {
    order: 'annealed',
    schedule: 'cosine',
    steps: 12,
    temperature: 1,
    gumbel: 4.5,
    guidance: 1 + USUAL_GUIDANCE,
  },
  maskId: (codes) => codes,
  write,
};

/** Rows of the table after those of codes and the missing token, without the one for no class. */
function classesOf(weights: Pick<PartWeights, 'shape'>, codes: number): number {
  const [rows = 0] = weights.shape('tok_emb.weight');
  return rows - codes - 2;
}

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
  const first = codes + 1; // row of the first class
  const led = classId === null ? [] : guidance === 0 ? [classId] : [classId, classesOf(weights, codes)];
  const count = Math.max(1, led.length);

  const tokens = graph.input('tokens', 'int64', ['B', side, side]);
  const select = graph.input('select', 'int64', ['M']);
  const ids = graph.node('Reshape', [tokens, graph.ints([-1, cells])]);
  const table = await graph.weight(words.subarray(0, (codes + 1) * width), [codes + 1, width]);
  const placed = await graph.weight(places.subarray(0, cells * width), [cells, width]);
  const embedded = graph.node('Add', [graph.node('Gather', [table, ids]), placed]); // [B, cells, width]
  // The class is a token whose place is the last.
  const classes = words.slice(first * width).map((value, i) => value + places[cells * width + (i % width)]!);
  let x: string; // [C B, cells + 1, width]
  if (classId === null) {
    const all = await graph.weight(classes, [classes.length / width, width], 'float32');
    const told = graph.node('Gather', [all, graph.input('class', 'int64', ['B'])]);
    const token = graph.node('Unsqueeze', [told, graph.ints([1])]);
    x = graph.node('Concat', [embedded, token], { axis: { int: 1 } });
  } else {
    const chosen: string[] = [];
    for (const id of led) {
      const token = classes.subarray(id * width, (id + 1) * width);
      chosen.push(await graph.weight(token, [1, 1, width], 'float32'));
    }
    x = withTokens(graph, embedded, chosen, 'last');
  }
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
  let end = selected(graph, rowsOf(graph, x, 0, cells), select, count, width); // [C, M, width]
  end = await norm(writer, end, 'last_layer.0', END_EPSILON);
  end = graph.node('Gelu', [await dense(writer, end, product('last_layer.2'))]);
  end = await norm(writer, end, 'last_layer.4', END_EPSILON);
  const head = words.subarray(0, codes * width);
  const scores = await linear(
    graph,
    guided(graph, end, count, guidance),
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

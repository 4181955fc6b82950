import { USUAL_GUIDANCE } from '../../../core/model/importing.ts';
import type { GraphWriter } from '../onnx/graphWriter.ts';
import { guided, rowsOf, selected, withTokens } from '../transformer/ends.ts';
import { attention, linear, rmsNorm } from '../transformer/layers.ts';
import type { PartWeights } from '../weights.ts';
import type { DenoiserChoices, DenoiserFamily } from './families.ts';
import { chosenClasses, type Lead, toldClass } from './haltonLeads.ts';
import { PLAIN } from './plain.ts';
import { unknownVariant } from './variant.ts';

const EPSILON = 1e-5;

/** Heads by width and layers, as the authors trained them (Network/transformer.py). */
const HEADS: Readonly<Record<string, number>> = {
  '384x6': 6,
  '512x12': 6,
  '768x12': 12,
  '1024x24': 16,
  '1152x28': 16,
};

/**
 * Halton-MaskGIT: a transformer whose norms are led by a class (Network/transformer.py). The graph is told the class, or one is chosen
 * when it is written, so that all that follows from it is a constant; with guidance the batch then runs twice, once without a class.
 */
export const haltonDenoiser: DenoiserFamily = {
  usualHeads(weights) {
    const [, width = 0] = weights.shape('tok_emb.weight');
    const [inner = width] = weights.shape('transformer.layers.0.attn.wq.weight');
    const known = HEADS[`${width}x${layersIn(weights)}`];
    if (known !== undefined && inner % known === 0) return known;
    return inner % 64 === 0 ? inner / 64 : 1;
  },
  steps: () => 32,
  ...PLAIN,
  conditioning: 'class',
  classes: classesOf,
  sampling: { guidance: 1 + USUAL_GUIDANCE },
  maskId: (codes) => codes,
  write,
};

/** The last row of the table of classes is for none. */
function classesOf(weights: Pick<PartWeights, 'shape'>): number {
  const [rows = 1] = weights.shape('cls_emb.weight');
  return rows - 1;
}

async function write(
  graph: GraphWriter,
  weights: PartWeights,
  { side, heads, arithmetic, codes, classId, guidance }: DenoiserChoices,
): Promise<void> {
  if (weights.has('in_proj.weight')) throw unknownVariant('Halton-MaskGIT');
  const cells = side * side;
  const [, width = 0] = weights.shape('cls_emb.weight');
  const [rows = 1] = weights.shape('tok_emb.weight');
  const none = classesOf(weights);
  const leads =
    classId === null
      ? await toldClass(graph, weights)
      : await chosenClasses(graph, weights, guidance === 0 ? [classId] : [classId, none]);
  const { count } = leads; // C
  const dense = async (from: string, name: string): Promise<string> => {
    const [out = 0, inner = 0] = weights.shape(`${name}.weight`);
    return linear(graph, from, await weights.read(`${name}.weight`), [out, inner], null, arithmetic);
  };
  /** norm(x) (1 + scale) + shift, where the norm has a weight of its own. */
  const ledNorm = async (x: string, name: string, shift: Lead, scale: Lead): Promise<string> => {
    const weight = await weights.read(`${name}.weight`, [width]);
    const bias = weights.has(`${name}.bias`) ? await weights.read(`${name}.bias`, [width]) : null;
    const normal = rmsNorm(graph, x, await scale.scaling(weight), EPSILON);
    return graph.node('Add', [normal, await shift.moving(bias, scale)]);
  };

  const tokens = graph.input('tokens', 'int64', ['B', side, side]);
  const select = graph.input('select', 'int64', ['M']);
  const ids = graph.node('Reshape', [tokens, graph.ints([-1, cells])]);
  const table = await graph.weight(await weights.read('tok_emb.weight'), [rows, width]);
  const places = await graph.weight(await weights.read('pos_emb.weight', [cells, width]), [cells, width]);
  const embedded = graph.node('Add', [graph.node('Gather', [table, ids]), places]); // [B, cells, width]
  const registers = weights.has('reg_tokens.weight') ? (weights.shape('reg_tokens.weight')[0] ?? 0) : 0;
  const all =
    registers === 0
      ? repeated(graph, embedded, count)
      : withTokens(graph, embedded, await registersOf(weights, graph, registers, width, count), 'last');
  // The classes that were chosen apart, or the windows, of which each is told its own.
  const apart = graph.ints(classId === null ? [-1, cells + registers, width] : [count, -1, width]);
  let x = graph.node('Reshape', [all, apart]);

  for (let i = 0; i < layersIn(weights); i++) {
    const layer = `transformer.layers.${i}`;
    const [shift1, scale1, gate1, shift2, scale2, gate2] = await leads.parts(`${layer}.mlp.1`, 6);
    const seen = await ledNorm(x, `${layer}.ln1`, shift1!, scale1!);
    const inner = weights.shape(`${layer}.attn.wq.weight`)[0] ?? 0;
    const ones = await graph.weight(new Float32Array(inner).fill(1), [inner], 'float32');
    const parts: string[] = [];
    for (const part of ['wq', 'wk', 'wv']) {
      const product = await dense(seen, `${layer}.attn.${part}`);
      const value = part === 'wv' ? product : rmsNorm(graph, product, ones, EPSILON);
      parts.push(graph.node('Reshape', [value, graph.ints([-1, cells + registers, inner])]));
    }
    const [query, key, value] = parts as [string, string, string];
    const mixed = await dense(attention(graph, query, key, value, heads), `${layer}.attn.wo`);
    const back = graph.node('Reshape', [mixed, apart]);
    x = graph.node('Add', [x, graph.node('Mul', [back, await gate1!.value()])]);
    const next = await ledNorm(x, `${layer}.ln2`, shift2!, scale2!);
    const first = await dense(next, `${layer}.ff.w1`);
    const gated = graph.node('Mul', [first, graph.node('Sigmoid', [first])]);
    const product = graph.node('Mul', [gated, await dense(next, `${layer}.ff.w3`)]);
    const change = await dense(product, `${layer}.ff.w2`);
    x = graph.node('Add', [x, graph.node('Mul', [change, await gate2!.value()])]);
  }

  const windows = graph.node('Reshape', [x, graph.ints([-1, cells + registers, width])]);
  const chosen = selected(graph, rowsOf(graph, windows, 0, cells), select, count, width);
  const windowsOf = (): string => graph.node('Div', [select, graph.ints(cells)]);
  const [shift, scale] = await leads.parts('last_norm.mlp.1', 2, windowsOf);
  const normal = await ledNorm(chosen, 'last_norm.norm_final', shift!, scale!); // [C, M, width]
  const head = weights.has('head.weight') ? 'head.weight' : 'tok_emb.weight';
  const logits = await linear(
    graph,
    guided(graph, normal, count, guidance),
    (await weights.read(head, [rows, width])).subarray(0, codes * width),
    [codes, width],
    (await weights.read('head.bias', [rows])).slice(0, codes),
    'float',
  );
  graph.output(logits, 'logits', 'float32', ['M', codes]);
}

/** Tokens of no place, the same for each condition. */
async function registersOf(
  weights: PartWeights,
  graph: GraphWriter,
  registers: number,
  width: number,
  count: number,
): Promise<readonly string[]> {
  const values = await weights.read('reg_tokens.weight', [registers, width]);
  const table = await graph.weight(values, [1, registers, width], 'float32');
  return Array.from({ length: count }, () => table);
}

/** All windows once for each condition. */
function repeated(graph: GraphWriter, x: string, count: number): string {
  return count === 1 ? x : graph.node('Concat', [x, x], { axis: { int: 0 } });
}

function layersIn(weights: PartWeights): number {
  let count = 0;
  while (weights.has(`transformer.layers.${count}.ln1.weight`)) count++;
  return count;
}

import type { GraphWriter } from '../onnx/graphWriter.ts';
import type { PartWeights } from '../weights.ts';
import { block, norm, product } from '../transformer/blocks.ts';
import { linear } from '../transformer/layers.ts';
import type { DenoiserChoices, DenoiserFamily } from './families.ts';
import { PLAIN } from './plain.ts';

const EPSILON = 1e-5;

/** Numbers that a head of attention is wide. */
const HEAD = 64;

/** The absorbing transformer of Unleashing Transformers (models/transformer.py, models/absorbing_diffusion.py). */
export const unleashingDenoiser: DenoiserFamily = {
  usualHeads(weights) {
    const [, width = HEAD] = weights.shape('tok_emb.weight');
    return width % HEAD === 0 ? width / HEAD : 1;
  },
  steps: () => 256,
  ...PLAIN,
  maskId: (codes) => codes,
  write,
};

/** The head runs on the selected cells alone. */
async function write(
  graph: GraphWriter,
  weights: PartWeights,
  { side, heads, arithmetic, codes }: DenoiserChoices,
): Promise<void> {
  const cells = side * side;
  const writer = { graph, weights, arithmetic };
  const tokens = graph.input('tokens', 'int64', ['B', side, side]);
  const select = graph.input('select', 'int64', ['M']);
  const [rows = 0, width = 0] = weights.shape('tok_emb.weight');
  const table = await graph.weight(await weights.read('tok_emb.weight'), [rows, width]);
  const places = await graph.weight(await weights.read('pos_emb', [1, cells, width]), [1, cells, width]);
  const ids = graph.node('Reshape', [tokens, graph.ints([-1, cells])]);
  let x = graph.node('Add', [graph.node('Gather', [table, ids]), places]); // [B, cells, width]
  for (let i = 0; weights.has(`blocks.${i}.ln1.weight`); i++) {
    const of = (part: string): string => `blocks.${i}.${part}`;
    const names = {
      norms: [of('ln1'), of('ln2')],
      seen: ['query', 'key', 'value'].map((part) => product(of(`attn.${part}`))),
      out: product(of('attn.proj')),
      inner: [product(of('mlp.0')), product(of('mlp.2'))],
    } as const;
    x = await block(writer, x, names, { heads, epsilon: EPSILON });
  }
  const flat = graph.node('Reshape', [x, graph.ints([-1, width])]);
  const chosen = await norm(writer, graph.node('Gather', [flat, select]), 'ln_f', EPSILON);
  // Logits are what the sampler sees, so the head keeps float precision.
  const head = await weights.read('head.weight', [codes, width]);
  const logits = await linear(graph, chosen, head, [codes, width], null, 'float');
  graph.output(logits, 'logits', 'float32', ['M', codes]);
}

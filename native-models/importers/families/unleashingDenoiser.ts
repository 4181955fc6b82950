import type { GraphWriter } from '../onnx/graphWriter.ts';
import type { PartWeights } from '../weights.ts';
import { attention, layerNorm, linear } from '../transformer/layers.ts';
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
  { side, heads, arithmetic }: DenoiserChoices,
): Promise<void> {
  const cells = side * side;
  const tokens = graph.input('tokens', 'int64', ['B', side, side]);
  const select = graph.input('select', 'int64', ['M']);
  const [rows = 0, width = 0] = weights.shape('tok_emb.weight');
  const table = await graph.weight(await weights.read('tok_emb.weight'), [rows, width]);
  const places = await graph.weight(await weights.read('pos_emb', [1, cells, width]), [1, cells, width]);
  const ids = graph.node('Reshape', [tokens, graph.ints([-1, cells])]);
  let x = graph.node('Add', [graph.node('Gather', [table, ids]), places]); // [B, cells, width]
  const norm = async (from: string, name: string): Promise<string> =>
    layerNorm(
      graph,
      from,
      await weights.read(`${name}.weight`, [width]),
      await weights.read(`${name}.bias`, [width]),
      EPSILON,
    );
  const dense = async (from: string, name: string): Promise<string> => {
    const [out = 0, inner = 0] = weights.shape(`${name}.weight`);
    const bias = await weights.read(`${name}.bias`, [out]);
    return linear(graph, from, await weights.read(`${name}.weight`), [out, inner], bias, arithmetic);
  };
  for (let i = 0; weights.has(`blocks.${i}.ln1.weight`); i++) {
    const block = `blocks.${i}`;
    const seen = await norm(x, `${block}.ln1`);
    const parts: string[] = [];
    for (const part of ['query', 'key', 'value']) parts.push(await dense(seen, `${block}.attn.${part}`));
    const [query, key, value] = parts as [string, string, string];
    const mixed = attention(graph, query, key, value, heads);
    x = graph.node('Add', [x, await dense(mixed, `${block}.attn.proj`)]);
    const inner = await dense(await norm(x, `${block}.ln2`), `${block}.mlp.0`);
    x = graph.node('Add', [x, await dense(graph.node('Gelu', [inner]), `${block}.mlp.2`)]);
  }
  const flat = graph.node('Reshape', [x, graph.ints([-1, width])]);
  const chosen = await norm(graph.node('Gather', [flat, select]), 'ln_f');
  // Logits are what the sampler sees, so the head keeps float precision.
  const head = weights.shape('head.weight');
  const codes = head[0] ?? 0;
  const logits = await linear(
    graph,
    chosen,
    await weights.read('head.weight'),
    [codes, width],
    null,
    'float',
  );
  graph.output(logits, 'logits', 'float32', ['M', codes]);
}

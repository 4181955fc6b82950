import type { GraphWriter } from '../onnx/graphWriter.ts';
import type { PartWeights } from '../weights.ts';
import { block, type BlockWriter, dense, joined, norm, product } from '../transformer/blocks.ts';
import { rowsOf, selected, withTokens } from '../transformer/ends.ts';
import { linear } from '../transformer/layers.ts';
import type { DenoiserChoices, DenoiserFamily } from './families.ts';
import { PLAIN } from './plain.ts';

const EPSILON = 1e-6;
const HEAD_EPSILON = 1e-5; // of the norm before the words
const HEAD = 64; // numbers that a head of the encoder's attention is wide
const DECODER_HEADS = 16; // of every size that was published
const FAKE_CLASS = 76; // codes and this many further: the row of a class that says nothing

/**
 * MAGE (models_mage.py): an encoder that sees all tokens behind a token of no place, and a decoder in which that token's features
 * stand wherever one is missing.
 */
export const mageDenoiser: DenoiserFamily = {
  /** Those of the encoder. */
  usualHeads(weights) {
    const [, width = HEAD] = weights.shape('token_emb.word_embeddings.weight');
    return width % HEAD === 0 ? width / HEAD : 1;
  },
  steps: () => 20,
  ...PLAIN,
  sampling: { order: 'confidence', schedule: 'cosine', steps: 20, temperature: 1, gumbel: 6 },
  maskId: (codes) => codes,
  write,
};

async function write(
  graph: GraphWriter,
  weights: PartWeights,
  { side, heads, arithmetic, codes }: DenoiserChoices,
): Promise<void> {
  const cells = side * side;
  const writer = { graph, weights, arithmetic };
  const [rows = 0, width = 0] = weights.shape('token_emb.word_embeddings.weight');
  const [inner = 0] = weights.shape('decoder_embed.weight');
  const words = await weights.read('token_emb.word_embeddings.weight', [rows, width]);
  const places = await weights.read('token_emb.position_embeddings.weight', [cells + 1, width]);
  const word = (row: number): Float32Array => words.subarray(row * width, (row + 1) * width);

  const tokens = graph.input('tokens', 'int64', ['B', side, side]);
  const select = graph.input('select', 'int64', ['M']);
  const ids = graph.node('Reshape', [tokens, graph.ints([-1, cells])]);
  // The last of its words stands for a missing token; those between are classes that were never trained.
  const known = joined([words.subarray(0, codes * width), word(rows - 1)]);
  const table = await graph.weight(known, [codes + 1, width]);
  const placed = await graph.weight(places.subarray(width), [cells, width]);
  const embedded = graph.node('Add', [graph.node('Gather', [table, ids]), placed]); // [B, cells, width]
  const first = word(codes + FAKE_CLASS).map((value, i) => value + places[i]!);
  const whole = await graph.weight(first, [1, 1, width], 'float32');
  let x = withTokens(graph, embedded, [whole], 'first'); // [B, 1 + cells, width]
  x = await norm(writer, x, 'token_emb.LayerNorm', EPSILON);
  x = await norm(writer, await blocks(writer, x, 'blocks', heads), 'norm', EPSILON);

  x = await dense(writer, x, product('decoder_embed')); // [B, 1 + cells, inner]
  const missing = graph.node('Equal', [ids, graph.ints(codes)]);
  const column = graph.node('Unsqueeze', [missing, graph.ints([-1])]);
  const seen = rowsOf(graph, x, 1, cells + 1);
  const one = rowsOf(graph, x, 0, 1); // the picture as a whole
  x = graph.node('Concat', [one, graph.node('Where', [column, one, seen])], { axis: { int: 1 } });
  const learned = await weights.read('decoder_pos_embed_learned', [1, cells + 1, inner]);
  x = graph.node('Add', [x, await graph.weight(learned, [1, cells + 1, inner])]);
  x = await blocks(writer, x, 'decoder_blocks', inner % DECODER_HEADS === 0 ? DECODER_HEADS : 1);

  const chosen = selected(graph, rowsOf(graph, x, 1, cells + 1), select, 1, inner);
  const flat = graph.node('Reshape', [chosen, graph.ints([-1, inner])]); // [M, inner]
  const features = await dense(
    writer,
    await norm(writer, flat, 'decoder_norm', EPSILON),
    product('mlm_layer.fc'),
  );
  const end = await norm(writer, graph.node('Gelu', [features]), 'mlm_layer.ln', HEAD_EPSILON);
  const bias = (await weights.read('mlm_layer.bias', [1, 1, rows])).slice(0, codes);
  const logits = await linear(graph, end, words.subarray(0, codes * width), [codes, width], bias, 'float');
  graph.output(logits, 'logits', 'float32', ['M', codes]);
}

async function blocks(writer: BlockWriter, x: string, list: string, heads: number): Promise<string> {
  let value = x;
  for (let i = 0; writer.weights.has(`${list}.${i}.norm1.weight`); i++) {
    const of = (part: string): string => `${list}.${i}.${part}`;
    const names = {
      norms: [of('norm1'), of('norm2')],
      seen: [product(of('attn.qkv'))],
      out: product(of('attn.proj')),
      inner: [product(of('mlp.fc1')), product(of('mlp.fc2'))],
    } as const;
    value = await block(writer, value, names, { heads, epsilon: EPSILON });
  }
  return value;
}

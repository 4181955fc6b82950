import type { Checkpoint, TensorInfo } from '../tensor.ts';

/** Where a tensor lies in the file, and which of its rows are meant: all, or one of three equal parts. */
interface Source {
  readonly name: string;
  readonly part: number | null;
}

/** Prefixes that the parts of an original file of VQ-Diffusion have once it is read by {@link withPlainNames}. */
export const ORIGINAL = {
  codec: 'content_codec.',
  denoiser: 'transformer.transformer.',
  text: 'text.',
  empty: 'empty.',
};

const TEXT = 'transformer.condition_emb.';
const LAYER = /^transformer\.resblocks\.(\d+)\.(.+)$/;

/** What OpenAI calls the parts of a layer of the text model, and transformers does. */
const LAYER_PARTS: Readonly<Record<string, string>> = {
  ln_1: 'layer_norm1',
  ln_2: 'layer_norm2',
  'attn.out_proj': 'self_attn.out_proj',
  'mlp.c_fc': 'mlp.fc1',
  'mlp.c_proj': 'mlp.fc2',
};

/**
 * A file of VQ-Diffusion's authors, which holds tokenizer, denoiser and text model, with the names that these have elsewhere: the
 * encoder and decoder of its codec side by side, and the text model as transformers has it. Other files as they are.
 */
export function withPlainNames(checkpoint: Checkpoint): Checkpoint {
  const mark = `${ORIGINAL.denoiser}content_emb.emb.weight`;
  const marked = [...checkpoint.tensors.keys()].find((name) => name === mark || name.endsWith(`.${mark}`));
  if (marked === undefined) return checkpoint;
  const root = marked.slice(0, -mark.length);
  const sources = new Map<string, Source>();
  for (const name of checkpoint.tensors.keys()) {
    if (!name.startsWith(root)) sources.set(name, { name, part: null });
    else
      for (const [plain, part] of plainNames(name.slice(root.length)))
        sources.set(root + plain, { name, part });
  }
  const infoOf = (plain: string, { name, part }: Source): TensorInfo => {
    const info = checkpoint.tensors.get(name)!;
    const [rows = 0, ...rest] = info.shape;
    return { ...info, name: plain, shape: part === null ? info.shape : [rows / 3, ...rest] };
  };
  return {
    ...checkpoint,
    tensors: new Map([...sources].map(([plain, source]) => [plain, infoOf(plain, source)])),
    identity(plain) {
      const { name, part } = sources.get(plain) ?? { name: plain, part: null };
      return `${checkpoint.identity(name)} ${part ?? ''}`;
    },
    async read(plain, signal) {
      const source = sources.get(plain) ?? { name: plain, part: null };
      const values = await checkpoint.read(source.name, signal);
      if (source.part === null) return values;
      const size = values.length / 3;
      return values.slice(source.part * size, (source.part + 1) * size);
    },
    close: () => checkpoint.close(),
  };
}

function plainNames(name: string): (readonly [string, number | null])[] {
  const codec = /^content_codec\.(?:enc|dec)\.(.+)$/.exec(name);
  if (codec) return [[`${ORIGINAL.codec}${codec[1]!}`, null]];
  if (name === 'transformer.empty_text_embed') return [[`${ORIGINAL.empty}embeddings`, null]];
  if (!name.startsWith(TEXT)) return [[name, null]];
  return textNames(name.slice(TEXT.length)).map(([plain, part]) => [
    `${ORIGINAL.text}text_model.${plain}`,
    part,
  ]);
}

function textNames(name: string): (readonly [string, number | null])[] {
  if (name === 'token_embedding.weight') return [['embeddings.token_embedding.weight', null]];
  if (name === 'positional_embedding') return [['embeddings.position_embedding.weight', null]];
  const end = /^ln_final\.(weight|bias)$/.exec(name);
  if (end) return [[`final_layer_norm.${end[1]!}`, null]];
  const layer = LAYER.exec(name);
  if (!layer) return [];
  const [, index = '', rest = ''] = layer;
  const stem = `encoder.layers.${index}`;
  const joined = /^attn\.in_proj_(weight|bias)$/.exec(rest);
  if (joined) return ['q', 'k', 'v'].map((part, i) => [`${stem}.self_attn.${part}_proj.${joined[1]!}`, i]);
  const [, part = '', kind = ''] = /^(.+)\.(weight|bias)$/.exec(rest) ?? [];
  const plain = LAYER_PARTS[part];
  return plain === undefined ? [] : [[`${stem}.${plain}.${kind}`, null]];
}

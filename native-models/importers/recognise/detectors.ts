import { ORIGINAL } from '../families/vqDiffusionFile.ts';
import { ALONE } from '../readers/torch/tensorsIn.ts';
import {
  type DenoiserPiece,
  type EmptyPiece,
  type Family,
  type Piece,
  type OwnShapes,
  type TablePiece,
  type TextPiece,
  type TokenizerPiece,
  Useless,
} from './piece.ts';

/** Looks for one part of a model. */
export interface Detector {
  /** The name of a tensor that every such part has. What stands before it in a file is the part's prefix. */
  readonly mark: string;
  /**
   * @param own shapes under the prefix, by their names without it
   * @returns null where they are none of this part
   */
  detect(own: OwnShapes, prefix: string): Piece | Useless | null;
}

export const DETECTORS: readonly Detector[] = [
  { mark: 'tok_emb.weight', detect: unleashedSampler },
  { mark: 'generator.blocks.0.weight', detect: unleashedTokenizer },
  { mark: 'encoder.down.0.block.0.conv1.weight', detect: taming },
  { mark: 'encoder.down_blocks.0.resnets.0.conv1.weight', detect: diffusers },
  { mark: 'encoder.conv_blocks.0.res.0.conv1.weight', detect: llamagen },
  { mark: 'cls_emb.weight', detect: halton },
  { mark: 'tok_emb.weight', detect: maskgit },
  { mark: 'token_emb.word_embeddings.weight', detect: mage },
  { mark: 'latent_image_embedding.emb.weight', detect: vqDiffusion },
  { mark: 'content_emb.emb.weight', detect: originalVqDiffusion },
  { mark: 'mlm_layer.conv2.weight', detect: amused },
  { mark: 'text_model.embeddings.token_embedding.weight', detect: clipText },
  { mark: 'embeddings', detect: learnedEmpty },
  { mark: ALONE, detect: table },
];

function unleashedSampler(own: OwnShapes, prefix: string): DenoiserPiece | Useless | null {
  const rows = own.get('tok_emb.weight')?.[0];
  const codes = own.get('head.weight')?.[0];
  const [, positions, width] = own.get('pos_emb') ?? [];
  if (rows === undefined || codes === undefined || positions === undefined || width === undefined)
    return null;
  if (!/(^|\.)_denoise_fn\.$/.test(prefix) && !own.has('blocks.0.attn.key.weight')) return null;
  // The autoregressive variant has no row for a missing token, and a table of what comes later.
  if (rows !== codes + 1 || own.has('blocks.0.attn.mask'))
    return new Useless('is an autoregressive sampler, which cannot fill holes');
  return denoiser('unleashing-transformers', prefix, codes, positions, 0);
}

function unleashedTokenizer(own: OwnShapes, prefix: string): TokenizerPiece | Useless | null {
  const book = own.get('quantize.embedding.weight') ?? own.get('quantize.embed.weight');
  if (!book) return null;
  const downs = count(own, /^encoder\.blocks\.\d+\.conv\.weight$/);
  return tokenizer('unleashing-transformers', own, prefix, book, 2 ** downs, 'encoder.blocks.0.weight');
}

function taming(own: OwnShapes, prefix: string): TokenizerPiece | Useless | null {
  const book =
    own.get('quantize.embedding.weight') ?? own.get('quantize.embed.weight') ?? own.get('quantize.embedding');
  if (!book) return CONTINUOUS;
  const levels = count(own, /^encoder\.down\.\d+\.block\.0\.conv1\.weight$/);
  // MAGE's has the same names, and no biases in its blocks.
  const family = own.has('encoder.down.0.block.0.conv1.bias') ? 'taming' : 'mage';
  return tokenizer(family, own, prefix, book, 2 ** (levels - 1), 'encoder.conv_in.weight');
}

function diffusers(own: OwnShapes, prefix: string): TokenizerPiece | Useless | null {
  const book = own.get('quantize.embedding.weight');
  if (!book) return CONTINUOUS;
  const downs = count(own, /^encoder\.down_blocks\.\d+\.downsamplers\.0\.conv\.weight$/);
  return tokenizer('diffusers', own, prefix, book, 2 ** downs, 'encoder.conv_in.weight');
}

function llamagen(own: OwnShapes, prefix: string): TokenizerPiece | Useless | null {
  const book = own.get('quantize.embedding.weight');
  if (!book) return null;
  const downs = count(own, /^encoder\.conv_blocks\.\d+\.downsample\.conv\.weight$/);
  return tokenizer('llamagen', own, prefix, book, 2 ** downs, 'encoder.conv_in.weight');
}

function halton(own: OwnShapes, prefix: string): DenoiserPiece | Useless | null {
  const classes = own.get('cls_emb.weight')?.[0];
  const rows = own.get('tok_emb.weight')?.[0];
  const positions = own.get('pos_emb.weight')?.[0];
  if (classes === undefined || rows === undefined || positions === undefined) return null;
  if (!own.has('transformer.layers.0.attn.wq.weight')) return null;
  // One row is "no class", and one a missing token.
  return denoiser('halton-maskgit', prefix, rows - 1, positions, classes - 1);
}

/** Its table of tokens also has a row for a missing one, for each class, and for no class. */
const IMAGENET = 1000;

function maskgit(own: OwnShapes, prefix: string): DenoiserPiece | Useless | null {
  const rows = own.get('tok_emb.weight')?.[0];
  const positions = own.get('pos_emb')?.[1];
  if (rows === undefined || positions === undefined) return null;
  if (count(own, /^first_layer\./) === 0) return null;
  return denoiser('maskgit-pytorch', prefix, rows - 2 - IMAGENET, positions - 1, IMAGENET);
}

function mage(own: OwnShapes, prefix: string): DenoiserPiece | Useless | null {
  const rows = own.get('token_emb.word_embeddings.weight')?.[0];
  const positions = own.get('token_emb.position_embeddings.weight')?.[0];
  if (rows === undefined || positions === undefined || !own.has('mlm_layer.bias')) return null;
  return denoiser('mage', prefix, rows - 1 - IMAGENET, positions - 1, 0);
}

function vqDiffusion(own: OwnShapes, prefix: string): DenoiserPiece | Useless | null {
  const rows = own.get('latent_image_embedding.emb.weight')?.[0];
  const side = own.get('latent_image_embedding.height_emb.weight')?.[0];
  if (rows === undefined || side === undefined || !own.has('transformer_blocks.0.norm1.emb.weight'))
    return null;
  return denoiser('vq-diffusion', prefix, rows - 1, side * side, 0);
}

function originalVqDiffusion(own: OwnShapes, prefix: string): DenoiserPiece | Useless | null {
  const rows = own.get('content_emb.emb.weight')?.[0];
  const side = own.get('content_emb.height_emb.weight')?.[0];
  if (rows === undefined || side === undefined) return null;
  // Its table of places is for twice as many a side as its grid has.
  if (own.has('blocks.0.ln2.emb.weight'))
    return denoiser('vq-diffusion-classes', prefix, rows - 1, (side / 2) ** 2, 0);
  return denoiser('vq-diffusion', prefix, rows - 1, side * side, 0);
}

function amused(own: OwnShapes, prefix: string): DenoiserPiece | Useless | null {
  const codes = own.get('mlm_layer.conv2.weight')?.[0];
  if (codes === undefined || !own.has('embed.embeddings.weight')) return null;
  // It knows no places; the larger model halves the grid that it was trained at.
  const side = own.has('down_block.downsample.conv.weight') ? 32 : 16;
  return denoiser('amused', prefix, codes, side * side, 0);
}

function clipText(own: OwnShapes, prefix: string): TextPiece | null {
  const [codes] = own.get('text_model.embeddings.token_embedding.weight') ?? [];
  const [length, width] = own.get('text_model.embeddings.position_embedding.weight') ?? [];
  if (codes === undefined || length === undefined || width === undefined) return null;
  return { part: 'text', family: 'clip', codes, length, width, prefix, values: 0 };
}

/** Alone in a file, or in one of the authors of VQ-Diffusion. */
function learnedEmpty(own: OwnShapes, prefix: string): EmptyPiece | null {
  const [length, width, ...more] = own.get('embeddings') ?? [];
  const alone = prefix === '' && isAlone(own);
  if ((!alone && !`.${prefix}`.endsWith(`.${ORIGINAL.empty}`)) || more.length > 0) return null;
  if (length === undefined || width === undefined) return null;
  return { part: 'empty', family: 'vq-diffusion', codes: 0, length, width, prefix, values: 0 };
}

function table(own: OwnShapes, prefix: string): TablePiece | null {
  const [codes, ...more] = own.get(ALONE) ?? [];
  if (prefix !== '' || !isAlone(own) || codes === undefined || more.length > 0) return null;
  return { part: 'table', family: 'vq-diffusion', codes, prefix, values: 0 };
}

const CONTINUOUS = new Useless('is an autoencoder without a codebook, so its pictures have no tokens');

function tokenizer(
  family: Family,
  own: OwnShapes,
  prefix: string,
  book: readonly number[],
  downsample: number,
  first: string,
): TokenizerPiece | Useless {
  const [codes = 0, dim = 0] = book;
  const channels = own.get(first)?.[1];
  if (channels !== 3) return new Useless('takes something else than colour pictures');
  if (codes < 2 || dim < 1 || downsample > 64) return UNLIKELY;
  return { part: 'tokenizer', family, codes, dim, downsample, prefix, values: 0 };
}

function denoiser(
  family: Family,
  prefix: string,
  codes: number,
  positions: number,
  classes: number,
): DenoiserPiece | Useless {
  const side = Math.sqrt(positions);
  if (codes < 2 || side < 2 || !Number.isInteger(side)) return UNLIKELY;
  return { part: 'denoiser', family, codes, side, classes, prefix, values: 0 };
}

const UNLIKELY = new Useless(
  'has the names of a model that Tessera knows, but other sizes than that can have',
);

function isAlone(own: OwnShapes): boolean {
  const [, second] = own.keys();
  return second === undefined;
}

function count(own: OwnShapes, name: RegExp): number {
  let found = 0;
  for (const key of own.keys()) if (name.test(key)) found++;
  return found;
}

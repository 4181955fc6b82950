import {
  type DenoiserPiece,
  type Family,
  type Piece,
  type EmptyPiece,
  type Shapes,
  type TablePiece,
  type TextPiece,
  type TokenizerPiece,
  Useless,
} from './piece.ts';
import { ORIGINAL } from '../families/vqDiffusionFile.ts';
import { ALONE } from '../readers/torch/weightsIn.ts';

/** Looks for one part; null where the names are others. */
type Detector = (shapes: Shapes) => Piece | Useless | null;

/** The parts of models in a file, or why none of them can be used. A file may hold a tokenizer and a denoiser. */
export function piecesIn(shapes: Shapes): readonly Piece[] | Useless {
  const found = DETECTORS.map((detect) => detect(shapes)).filter((piece) => piece !== null);
  const pieces = found.flatMap((piece) => (piece instanceof Useless ? [] : [piece]));
  if (pieces.length > 0) return pieces;
  return found.find((piece) => piece instanceof Useless) ?? strangerIn(shapes);
}

/** Where MAGE keeps its tokenizer, beside the denoiser. */
const MAGE_CODEC = 'vqgan.';

const DETECTORS: readonly Detector[] = [
  unleashedSampler,
  unleashedTokenizer,
  ...['', 'first_stage_model.', MAGE_CODEC, ORIGINAL.codec].map(
    (prefix): Detector =>
      (shapes) =>
        taming(shapes, prefix),
  ),
  diffusers,
  llamagen,
  halton,
  maskgit,
  mage,
  vqDiffusion,
  originalVqDiffusion,
  amused,
  ...['', ORIGINAL.text].map(
    (prefix): Detector =>
      (shapes) =>
        clipText(shapes, prefix),
  ),
  ...['', ORIGINAL.empty].map(
    (prefix): Detector =>
      (shapes) =>
        learnedEmpty(shapes, prefix),
  ),
  table,
];

function unleashedSampler(shapes: Shapes): DenoiserPiece | Useless | null {
  const prefix = '_denoise_fn.';
  const rows = shapes.get(`${prefix}tok_emb.weight`)?.[0];
  const codes = shapes.get(`${prefix}head.weight`)?.[0];
  const positions = shapes.get(`${prefix}pos_emb`)?.[1];
  if (rows === undefined || codes === undefined || positions === undefined) return null;
  // The autoregressive variant has no row for a missing token.
  if (rows !== codes + 1) return new Useless('is an autoregressive sampler, which cannot fill holes');
  return denoiser('unleashing-transformers', shapes, prefix, codes, positions, 0);
}

function unleashedTokenizer(shapes: Shapes): TokenizerPiece | Useless | null {
  const book = shapes.get('ae.quantize.embedding.weight') ?? shapes.get('ae.quantize.embed.weight');
  if (!book || !shapes.has('ae.generator.blocks.0.weight')) return null;
  const downs = count(shapes, /^ae\.encoder\.blocks\.\d+\.conv\.weight$/);
  return tokenizer('unleashing-transformers', shapes, 'ae.', book, 2 ** downs, 'ae.encoder.blocks.0.weight');
}

function taming(shapes: Shapes, prefix: string): TokenizerPiece | Useless | null {
  if (!shapes.has(`${prefix}encoder.down.0.block.0.conv1.weight`)) return null;
  const book =
    shapes.get(`${prefix}quantize.embedding.weight`) ??
    shapes.get(`${prefix}quantize.embed.weight`) ??
    shapes.get(`${prefix}quantize.embedding`);
  if (!book) return CONTINUOUS;
  const levels = count(shapes, /encoder\.down\.\d+\.block\.0\.conv1\.weight$/, prefix);
  // MAGE's has the same names, and no biases in its blocks.
  const family = shapes.has(`${prefix}encoder.down.0.block.0.conv1.bias`) ? 'taming' : 'mage';
  return tokenizer(family, shapes, prefix, book, 2 ** (levels - 1), `${prefix}encoder.conv_in.weight`);
}

function diffusers(shapes: Shapes): TokenizerPiece | Useless | null {
  if (!shapes.has('encoder.down_blocks.0.resnets.0.conv1.weight')) return null;
  const book = shapes.get('quantize.embedding.weight');
  if (!book) return CONTINUOUS;
  const downs = count(shapes, /^encoder\.down_blocks\.\d+\.downsamplers\.0\.conv\.weight$/);
  return tokenizer('diffusers', shapes, '', book, 2 ** downs, 'encoder.conv_in.weight');
}

function llamagen(shapes: Shapes): TokenizerPiece | Useless | null {
  const book = shapes.get('quantize.embedding.weight');
  if (!book || !shapes.has('encoder.conv_blocks.0.res.0.conv1.weight')) return null;
  const downs = count(shapes, /^encoder\.conv_blocks\.\d+\.downsample\.conv\.weight$/);
  return tokenizer('llamagen', shapes, '', book, 2 ** downs, 'encoder.conv_in.weight');
}

function halton(shapes: Shapes): DenoiserPiece | Useless | null {
  const classes = shapes.get('cls_emb.weight')?.[0];
  const rows = shapes.get('tok_emb.weight')?.[0];
  const positions = shapes.get('pos_emb.weight')?.[0];
  if (classes === undefined || rows === undefined || positions === undefined) return null;
  if (!shapes.has('transformer.layers.0.attn.wq.weight')) return null;
  // One row is "no class", and one a missing token.
  return denoiser('halton-maskgit', shapes, '', rows - 1, positions, classes - 1);
}

/** Its table of tokens also has a row for a missing one, for each class, and for no class. */
const IMAGENET = 1000;

function maskgit(shapes: Shapes): DenoiserPiece | Useless | null {
  const rows = shapes.get('tok_emb.weight')?.[0];
  const positions = shapes.get('pos_emb')?.[1];
  if (rows === undefined || positions === undefined) return null;
  if (![...shapes.keys()].some((name) => name.startsWith('first_layer.'))) return null;
  return denoiser('maskgit-pytorch', shapes, '', rows - 2 - IMAGENET, positions - 1, IMAGENET);
}

function mage(shapes: Shapes): DenoiserPiece | Useless | null {
  const rows = shapes.get('token_emb.word_embeddings.weight')?.[0];
  const positions = shapes.get('token_emb.position_embeddings.weight')?.[0];
  if (rows === undefined || positions === undefined || !shapes.has('mlm_layer.bias')) return null;
  const own = new Map([...shapes].filter(([name]) => !name.startsWith(MAGE_CODEC)));
  return denoiser('mage', own, '', rows - 1 - IMAGENET, positions - 1, 0);
}

function vqDiffusion(shapes: Shapes): DenoiserPiece | Useless | null {
  const rows = shapes.get('latent_image_embedding.emb.weight')?.[0];
  const side = shapes.get('latent_image_embedding.height_emb.weight')?.[0];
  if (rows === undefined || side === undefined || !shapes.has('transformer_blocks.0.norm1.emb.weight'))
    return null;
  return denoiser('vq-diffusion', shapes, '', rows - 1, side * side, 0);
}

function originalVqDiffusion(shapes: Shapes): DenoiserPiece | Useless | null {
  const prefix = ORIGINAL.denoiser;
  const rows = shapes.get(`${prefix}content_emb.emb.weight`)?.[0];
  const side = shapes.get(`${prefix}content_emb.height_emb.weight`)?.[0];
  if (rows === undefined || side === undefined) return null;
  // Its table of places is for twice as many a side as its grid has.
  if (shapes.has(`${prefix}blocks.0.ln2.emb.weight`))
    return denoiser('vq-diffusion-classes', shapes, prefix, rows - 1, (side / 2) ** 2, 0);
  return denoiser('vq-diffusion', shapes, prefix, rows - 1, side * side, 0);
}

function amused(shapes: Shapes): DenoiserPiece | Useless | null {
  const codes = shapes.get('mlm_layer.conv2.weight')?.[0];
  if (codes === undefined || !shapes.has('embed.embeddings.weight')) return null;
  // It knows no places; the larger model halves the grid that it was trained at.
  const side = shapes.has('down_block.downsample.conv.weight') ? 32 : 16;
  return denoiser('amused', shapes, '', codes, side * side, 0);
}

function clipText(shapes: Shapes, prefix: string): TextPiece | null {
  const [codes] = shapes.get(`${prefix}text_model.embeddings.token_embedding.weight`) ?? [];
  const [length, width] = shapes.get(`${prefix}text_model.embeddings.position_embedding.weight`) ?? [];
  if (codes === undefined || length === undefined || width === undefined) return null;
  return { part: 'text', family: 'clip', codes, length, width, prefix, values: valuesUnder(shapes, prefix) };
}

function learnedEmpty(shapes: Shapes, prefix: string): EmptyPiece | null {
  const [length, width, ...more] = shapes.get(`${prefix}embeddings`) ?? [];
  if ((prefix === '' && shapes.size !== 1) || length === undefined || width === undefined || more.length > 0)
    return null;
  const values = length * width;
  return { part: 'empty', family: 'vq-diffusion', codes: 0, length, width, prefix, values };
}

function table(shapes: Shapes): TablePiece | null {
  const [codes, ...more] = shapes.get(ALONE) ?? [];
  if (shapes.size !== 1 || codes === undefined || more.length > 0) return null;
  return { part: 'table', family: 'vq-diffusion', codes, prefix: '', values: codes };
}

/** What else people have at hand, so that they are told what it is. */
function strangerIn(shapes: Shapes): Useless {
  for (const [name, why] of STRANGERS) {
    for (const key of shapes.keys()) if (name.test(key)) return new Useless(why);
  }
  return new Useless('holds none of the models that Tessera knows');
}

const CONTINUOUS = new Useless('is an autoencoder without a codebook, so its pictures have no tokens');
const STRANGERS: readonly (readonly [RegExp, string])[] = [
  [
    /^model\.diffusion_model\./,
    'is a diffusion model of latents such as Stable Diffusion, which has no tokens',
  ],
  [/lora_(down|up|A|B)\b/, 'is a LoRA, a change to another model'],
  [
    /^(.*\.)?content_emb\.emb\.weight$/,
    'is VQ-Diffusion, whose mask-and-replace diffusion Tessera does not run yet',
  ],
  [/^disc\.|discriminator/, 'holds a discriminator, which is of use in training only'],
  [/^transformer\.h\.|^blocks\.0\.attn\.mask$/, 'is an autoregressive transformer, which cannot fill holes'],
];

function tokenizer(
  family: Family,
  shapes: Shapes,
  prefix: string,
  book: readonly number[],
  downsample: number,
  first: string,
): TokenizerPiece | Useless {
  const [codes = 0, dim = 0] = book;
  const channels = shapes.get(first)?.[1];
  if (channels !== 3) return new Useless('takes something else than colour pictures');
  if (codes < 2 || dim < 1 || downsample > 64) return UNLIKELY;
  return { part: 'tokenizer', family, codes, dim, downsample, prefix, values: valuesUnder(shapes, prefix) };
}

function denoiser(
  family: Family,
  shapes: Shapes,
  prefix: string,
  codes: number,
  positions: number,
  classes: number,
): DenoiserPiece | Useless {
  const side = Math.sqrt(positions);
  if (codes < 2 || side < 2 || !Number.isInteger(side)) return UNLIKELY;
  return { part: 'denoiser', family, codes, side, classes, prefix, values: valuesUnder(shapes, prefix) };
}

const UNLIKELY = new Useless(
  'has the names of a model that Tessera knows, but other sizes than that can have',
);

function count(shapes: Shapes, name: RegExp, prefix = ''): number {
  let found = 0;
  for (const key of shapes.keys()) if (key.startsWith(prefix) && name.test(key)) found++;
  return found;
}

/** Numbers in all tensors under a prefix, but for what only training needs. */
function valuesUnder(shapes: Shapes, prefix: string): number {
  let values = 0;
  for (const [name, shape] of shapes) {
    if (!name.startsWith(prefix) || /(^|\.)(loss|disc|discriminator|perceptual|vgg|model_ema)\./.test(name))
      continue;
    values += shape.reduce((product, size) => product * size, 1);
  }
  return values;
}

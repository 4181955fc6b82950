import path from 'node:path';
import type { Vocabulary } from '../text/vocabulary.ts';
import { TesseraError } from '../../../core/base/errors.ts';
import {
  FAMILY_NAMES,
  type DenoiserPiece,
  type EmptyPiece,
  type Family,
  type Located,
  type Piece,
  type Recognised,
  type TablePiece,
  type TextPiece,
  type TokenizerPiece,
} from './piece.ts';

/** Whose denoisers may use some of the tokenizer's codes alone. */
const USES_SOME: ReadonlySet<Family> = new Set(['vq-diffusion', 'vq-diffusion-classes']);

const LED_BY_TEXTS: ReadonlySet<Family> = new Set(['vq-diffusion', 'amused']);

/** Whose codes a denoiser was trained on, and what its authors call that file. */
const TOKENIZERS: Readonly<Partial<Record<Family, readonly [family: Family, file: string]>>> = {
  'unleashing-transformers': ['unleashing-transformers', 'VQGAN (vqgan_ema_….th)'],
  'halton-maskgit': ['llamagen', 'tokenizer (vq_ds16_c2i.pt of LlamaGen)'],
  'maskgit-pytorch': ['taming', 'VQGAN (last.ckpt of Taming Transformers, 1024 codes)'],
  mage: ['mage', 'VQGAN (vqgan_jax_strongaug.ckpt)'],
  'vq-diffusion': ['diffusers', 'VQModel (folder vqvae)'],
  'vq-diffusion-classes': ['taming', 'VQGAN (in the same file)'],
  amused: ['diffusers', 'VQModel (folder vqvae)'],
};

/**
 * The tokenizer and the denoiser among the parts that were found, and what is missing.
 *
 * @throws TesseraError 'input' where there are several to choose from, or the two cannot belong together
 */
export function pairOf(pieces: readonly Located[], vocabulary: Vocabulary | null): Recognised {
  const notes: string[] = [];
  const tokenizers = pieces.filter((piece): piece is Located<TokenizerPiece> => piece.part === 'tokenizer');
  const denoisers = pieces.filter((piece): piece is Located<DenoiserPiece> => piece.part === 'denoiser');
  const denoiser = only(denoisers, 'denoisers', notes);
  const tokenizer = only(besideOf(denoiser, tokenizers, notes), 'tokenizers', notes);
  const texts = pieces.filter((piece): piece is Located<TextPiece> => piece.part === 'text');
  const empties = pieces.filter((piece): piece is Located<EmptyPiece> => piece.part === 'empty');
  const led = denoiser !== null && LED_BY_TEXTS.has(denoiser.family);
  const words = {
    text: led ? only(texts, 'text models', notes) : null,
    vocabulary: led ? vocabulary : null,
    empty: led ? only(empties, 'states of no text', notes) : null,
    table: null,
  };
  if (!denoiser) return { ...words, tokenizer, denoiser, missing: tokenizer && alone(tokenizer), notes };
  const [family, file] = TOKENIZERS[denoiser.family] ?? [denoiser.family, 'tokenizer'];
  if (!tokenizer) {
    const name = FAMILY_NAMES[denoiser.family];
    return {
      ...words,
      tokenizer,
      denoiser,
      missing: `${path.basename(denoiser.file)} is the sampler of ${name}; its ${file} is a second file.`,
      notes,
    };
  }
  const fewer = USES_SOME.has(denoiser.family) && denoiser.codes < tokenizer.codes;
  const tables = pieces.filter((piece): piece is Located<TablePiece> => piece.part === 'table');
  const table = fewer ? (tables.find(({ codes }) => codes === tokenizer.codes) ?? null) : null;
  if (fewer && !table) {
    const missing = `${path.basename(denoiser.file)} uses ${denoiser.codes} of ${tokenizer.codes} codes; which, says taming_vqvae_${denoiser.codes}.pt of its authors.`;
    return { ...words, tokenizer, denoiser, missing, notes };
  }
  if (tokenizer.codes !== denoiser.codes && !table) {
    throw new TesseraError(
      'input',
      `${path.basename(denoiser.file)} predicts ${denoiser.codes} codes and ${path.basename(tokenizer.file)} has ${tokenizer.codes}, so they belong to different models.`,
      `Choose its own ${file}.`,
    );
  }
  if (tokenizer.family !== family && tokenizer.file !== denoiser.file) {
    notes.push(
      `${path.basename(tokenizer.file)} is of another family (${FAMILY_NAMES[tokenizer.family]}): fills make sense only if the sampler was trained on its codes.`,
    );
  }
  return { ...words, table, tokenizer, denoiser, missing: led ? missingWords(denoiser, words) : null, notes };
}

/** The tokenizers in the denoiser's own file, which were there when it was trained; where it has none, all of them. */
function besideOf(
  denoiser: Located<DenoiserPiece> | null,
  tokenizers: readonly Located<TokenizerPiece>[],
  notes: string[],
): readonly Located<TokenizerPiece>[] {
  const own = tokenizers.filter(({ file }) => file === denoiser?.file);
  if (own.length === 0 || own.length === tokenizers.length) return tokenizers;
  const others = tokenizers.filter(({ file }) => file !== denoiser?.file);
  const left = others.map(({ file }) => path.basename(file)).join(', ');
  notes.push(`The tokenizer in ${path.basename(own[0]!.file)} is used. Not used: ${left}.`);
  return own;
}

/** What a denoiser that is led by texts still needs to be led by any; null where nothing. */
function missingWords(
  { file }: Located<DenoiserPiece>,
  { text, vocabulary }: Pick<Recognised, 'text' | 'vocabulary'>,
): string | null {
  const name = path.basename(file);
  if (!text) return `${name} is led by texts; its text model (folder text_encoder) is another file.`;
  if (!vocabulary)
    return `${name} is led by texts; its words are vocab.json and merges.txt (folder tokenizer).`;
  return null;
}

function alone({ family }: TokenizerPiece): string {
  const sampler =
    family === 'unleashing-transformers' ? ' Its sampler (absorbing_ema_….th) is a second file.' : '';
  return `This is a tokenizer alone: its tokens can be painted, and fills need a denoiser.${sampler}`;
}

/** The one part of a kind. Of several of a family averaged weights (`ema`) count, and of those the ones trained longest. */
function only<T extends Piece>(
  found: readonly Located<T>[],
  kind: string,
  notes: string[],
): Located<T> | null {
  const [best, next] = [...found].sort((a, b) => rank(b.file) - rank(a.file));
  if (!best) return null;
  if (!next) return best;
  const comparable = found.every(({ family, codes }) => family === best.family && codes === best.codes);
  const names = found.map(({ file }) => nameOf(file)).join(', ');
  if (!comparable || rank(best.file) === rank(next.file)) {
    throw new TesseraError('input', `These are ${found.length} ${kind}: ${names}.`, 'Choose one of them.');
  }
  notes.push(`Of ${names}, ${nameOf(best.file)} is used.`);
  return best;
}

/** What a file is called; with its folder where trainers of diffusers call all files the same. */
function nameOf(file: string): string {
  const name = path.basename(file);
  return /^(diffusion_)?(pytorch_)?model\./.test(name)
    ? `${path.basename(path.dirname(file))}/${name}`
    : name;
}

/** As the authors rank their files: `ema` in the name before the others, then by the step in it. */
function rank(file: string): number {
  const name = nameOf(file);
  const step = Number(/(\d{3,12})(?=\D*$)/.exec(name)?.[1] ?? 0);
  return (/(^|[_.-])ema([_./-]|$)/.test(name) ? 1e13 : 0) + step;
}

import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { throwIfAborted } from '../../../core/base/abort.ts';
import { TesseraError } from '../../../core/base/errors.ts';
import { openCheckpoint } from '../readers/openCheckpoint.ts';
import { withPlainNames } from '../families/vqDiffusionFile.ts';
import { piecesIn } from './detectors.ts';
import { type Located, type Recognised, Useless } from './piece.ts';
import { pairOf } from './pair.ts';
import { isVocabulary, vocabularyIn } from '../text/vocabulary.ts';

const WEIGHTS = /\.(th|pth|pt|ckpt|bin|safetensors)$/i;
const MOST_FILES = 64;
const DEEPEST = 3; // folders

/**
 * Says what files or folders are: which family's tokenizer, denoiser, or both, and what is missing. Only names and shapes
 * of tensors are read, and nothing is written.
 *
 * @throws TesseraError 'input' with one sentence where a file is broken or of no use, or two parts do not fit together;
 *   'aborted'
 */
export async function recognise(given: readonly string[], signal?: AbortSignal): Promise<Recognised> {
  const paths = given.map(wholeOf);
  const files: { readonly file: string; readonly named: boolean }[] = [];
  const vocabulary = await vocabularyIn(paths);
  for (const at of paths) {
    if (isVocabulary(at)) continue;
    const inside = await weightsIn(at);
    if (inside === null) files.push({ file: at, named: true });
    else files.push(...inside.map((file) => ({ file, named: false })));
  }
  if (files.length === 0) {
    throw new TesseraError(
      'input',
      `There is no checkpoint in ${paths.join(', ')}.`,
      'Choose .th, .pth, .pt, .ckpt, .bin or .safetensors files.',
    );
  }
  const pieces: Located[] = [];
  const notes: string[] = [];
  let refusal: TesseraError | null = null;
  for (const { file, named } of files) {
    throwIfAborted(signal);
    try {
      pieces.push(...(await piecesOf(file)));
    } catch (error) {
      // In a folder other files may lie beside the model; a file that a person named must be of use.
      if (named || !(error instanceof TesseraError)) throw error;
      refusal ??= error;
      notes.push(error.message);
    }
  }
  if (pieces.length === 0 && refusal) throw refusal;
  const pair = pairOf(pieces, vocabulary);
  return { ...pair, notes: [...pair.notes, ...notes] };
}

/** The index of a folder of diffusers stands for all that lies in it. */
function wholeOf(given: string): string {
  return path.basename(given) === 'model_index.json' ? path.dirname(given) : given;
}

async function piecesOf(file: string): Promise<readonly Located[]> {
  const { size: bytes } = await stat(file).catch((cause: unknown) => {
    throw new TesseraError('input', `There is no file ${file}.`, 'Check its name.', { cause });
  });
  const checkpoint = withPlainNames(await openCheckpoint(file));
  try {
    const found = piecesIn(new Map([...checkpoint.tensors].map(([name, { shape }]) => [name, shape])));
    if (!(found instanceof Useless)) return found.map((piece) => ({ ...piece, file, bytes }));
    throw new TesseraError('input', `${path.basename(file)} ${found.why}.`, SEE_LIST);
  } finally {
    await checkpoint.close();
  }
}

const SEE_LIST = 'The list of known models says which files to look for.';

/** The checkpoints in a folder and the folders in it; null for a file. */
async function weightsIn(given: string, depth = 0): Promise<string[] | null> {
  const entries = await readdir(given, { withFileTypes: true }).catch(() => null);
  if (entries === null) return null;
  const files: string[] = [];
  // The index of a model in several files stands for them.
  const index = entries.some(({ name }) => name.endsWith('.safetensors.index.json'));
  const copies = copiesAmong(entries.map(({ name }) => name));
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const at = path.join(given, entry.name);
    if (entry.name.startsWith('.') || copies.has(entry.name)) continue;
    if (entry.isDirectory() && depth < DEEPEST) files.push(...((await weightsIn(at, depth + 1)) ?? []));
    else if (index ? entry.name.endsWith('.safetensors.index.json') : WEIGHTS.test(entry.name))
      files.push(at);
  }
  if (files.length > MOST_FILES) {
    throw new TesseraError(
      'limit',
      `${given} holds ${files.length} checkpoints.`,
      'Choose the files of one model.',
    );
  }
  return files;
}

/** Files of the same weights in another format or precision, as folders of diffusers have them: the fullest is read. */
function copiesAmong(names: readonly string[]): ReadonlySet<string> {
  const ranks = ['.safetensors', '.bin', '.fp16.safetensors', '.fp16.bin'];
  let best: { readonly name: string; readonly rank: number } | null = null;
  const copies = new Set<string>();
  for (const name of names) {
    const match = /^(?:diffusion_)?(?:pytorch_)?model((?:\.fp16)?\.(?:safetensors|bin))$/.exec(name);
    if (!match) continue;
    const rank = ranks.indexOf(match[1]!);
    if (best && best.rank <= rank) copies.add(name);
    else {
      if (best) copies.add(best.name);
      best = { name, rank };
    }
  }
  return copies;
}

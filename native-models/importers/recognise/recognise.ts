import { stat } from 'node:fs/promises';
import path from 'node:path';
import { throwIfAborted } from '../../../core/base/abort.ts';
import { TesseraError } from '../../../core/base/errors.ts';
import { isIndex, shardsOf } from '../readers/readShards.ts';
import { vocabularyIn } from '../text/vocabulary.ts';
import { filesIn } from './filesIn.ts';
import { openModel } from './openModel.ts';
import { pairOf } from './pair.ts';
import type { Located, Recognised, Useless } from './piece.ts';

/**
 * Says what files or folders are: which family's tokenizer, denoiser, or both, and what is missing. Only names and shapes
 * of tensors are read, and nothing is written.
 *
 * @throws TesseraError 'input' with one sentence where a file is broken or of no use, or two parts do not fit together;
 *   'aborted'
 */
export async function recognise(given: readonly string[], signal?: AbortSignal): Promise<Recognised> {
  const paths = given.map(wholeOf);
  const vocabulary = await vocabularyIn(paths);
  const { files, notes: aside } = await filesIn(paths);
  const pieces: Located[] = [];
  const notes: string[] = [];
  let refusal: TesseraError | null = null;
  for (const { file, named } of files) {
    throwIfAborted(signal);
    try {
      const found = await piecesOf(file);
      pieces.push(...found.pieces);
      notes.push(...found.notes);
    } catch (error) {
      // In a folder other files may lie beside the model; a file that a person named must be of use.
      if (named || !(error instanceof TesseraError)) throw error;
      refusal ??= error;
      notes.push(error.message);
    }
  }
  if (pieces.length === 0 && refusal) throw refusal;
  const pair = pairOf(pieces, vocabulary);
  const all = [...pair.notes, ...notes, ...aside];
  return { ...pair, notes: [...all, ...unused(pieces, pair, all)] };
}

/** The index of a folder of diffusers stands for all that lies in it. */
function wholeOf(given: string): string {
  return path.basename(given) === 'model_index.json' ? path.dirname(given) : given;
}

async function piecesOf(file: string): Promise<{ pieces: readonly Located[]; notes: readonly string[] }> {
  const bytes = await bytesOf(file);
  const { weights, pieces, averaged, useless, notes } = await openModel(file);
  await weights.close();
  const name = path.basename(file);
  if (pieces.length === 0) throw new TesseraError('input', `${name} ${useless!.why}.`, SEE_LIST);
  return {
    pieces: pieces.map((piece) => ({ ...piece, file, bytes, averaged: averaged.has(piece.prefix) })),
    notes: useless ? [...notes, alsoUseless(name, useless)] : notes,
  };
}

function alsoUseless(name: string, { why }: Useless): string {
  return `${name} also holds a part that ${why}.`;
}

async function bytesOf(file: string): Promise<number> {
  const { size } = await stat(file).catch((cause: unknown) => {
    throw new TesseraError('input', `There is no file ${file}.`, 'Check its name.', { cause });
  });
  if (!isIndex(path.basename(file))) return size;
  const folder = path.dirname(file);
  const sizes = (await shardsOf(file)).map(async (name) => (await stat(path.join(folder, name))).size);
  // One that is missing is named where the model is opened.
  return (await Promise.all(sizes).catch(() => [])).reduce((sum, each) => sum + each, size);
}

const SEE_LIST = 'The list of known models says which files to look for.';

/** Files whose parts are of no use here and that no other sentence names. */
function unused(pieces: readonly Located[], pair: Recognised, notes: readonly string[]): readonly string[] {
  const { tokenizer, denoiser, text, empty, table, missing } = pair;
  const used = new Set([tokenizer, denoiser, text, empty, table].map((piece) => piece?.file));
  const left = new Set(pieces.filter(({ file }) => !used.has(file)).map(({ file }) => path.basename(file)));
  const silent = [...left].filter((name) => ![missing ?? '', ...notes].some((note) => note.includes(name)));
  return silent.length === 0 ? [] : [`Not used, since this model needs none of it: ${silent.join(', ')}.`];
}

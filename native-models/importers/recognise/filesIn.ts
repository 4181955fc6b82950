import { readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { TesseraError } from '../../../core/base/errors.ts';
import { looksLikeCheckpoint } from '../readers/openCheckpoint.ts';
import { isIndex, shardsOf } from '../readers/readShards.ts';
import { isVocabulary } from '../text/vocabulary.ts';

/** A file that may hold weights. */
export interface Candidate {
  readonly file: string; // path
  readonly named: boolean; // by a person, and not found in a folder
}

const WEIGHTS = /\.(th|pth|pt|ckpt|bin|safetensors|zip)$/i;
/** Models in the formats of others, which lie beside those that we read. */
const FOREIGN = /\.(msgpack|h5|hdf5|onnx|tflite|gguf|ggml|npz|npy|ot|mlmodel|mlpackage|distcp)$/i;
/** What lies beside models and is none, by its ending; what is in no list is looked into. */
const BESIDE =
  /\.(jsonl?|txt|md|ya?ml|toml|csv|tsv|log|py|ipynb|sh|cfg|ini|html?|pdf|png|jpe?g|webp|gif|bmp|svg|mp4|gz|data|lock|metadata|model|spm|xml)$/i;
const MOST_FILES = 64;
const MOST_ENTRIES = 20_000;
const DEEPEST = 6; // folders, as deep as caches of downloads are

/**
 * The files that may hold weights among what a person gave, folders looked into. An index stands for the files that it lists.
 *
 * @returns also sentences on what was left aside
 * @throws TesseraError 'input' or 'limit' with one sentence if there are none or far too many
 */
export async function filesIn(
  given: readonly string[],
): Promise<{ readonly files: readonly Candidate[]; readonly notes: readonly string[] }> {
  const search = new Search();
  for (const at of given) if (!isVocabulary(at)) await search.add(at);
  const files = await search.distinct();
  if (files.length > 0) return { files, notes: search.notes() };
  throw new TesseraError(
    'input',
    `There is no checkpoint in ${given.join(', ')}.`,
    'Choose .th, .pth, .pt, .ckpt, .bin or .safetensors files.',
  );
}

class Search {
  readonly #files: Candidate[] = [];
  readonly #foreign: string[] = [];
  #tooDeep: string | null = null;
  #entries = 0;

  async add(at: string): Promise<void> {
    const entries = await entriesOf(at);
    if (entries) await this.#folder(at, entries, 0);
    else this.#files.push({ file: await indexFor(at), named: true });
  }

  async #folder(folder: string, entries: Entries, depth: number): Promise<void> {
    this.#entries += entries.length;
    if (this.#entries > MOST_ENTRIES) throw tooMany(`${folder} holds more than ${MOST_ENTRIES} files.`);
    const names = entries.map(({ name }) => name).sort();
    const left = await copiesAmong(folder, names);
    for (const name of names) {
      if (name.startsWith('.') || left.has(name) || isVocabulary(name)) continue;
      const at = path.join(folder, name);
      const inside = await entriesOf(at);
      if (inside && depth < DEEPEST) await this.#folder(at, inside, depth + 1);
      else if (inside) this.#tooDeep ??= at;
      else if (await this.#isCandidate(at)) this.#files.push({ file: at, named: false });
    }
    if (this.#files.length > MOST_FILES) throw tooMany(`${folder} holds ${this.#files.length} checkpoints.`);
  }

  async #isCandidate(file: string): Promise<boolean> {
    const name = path.basename(file);
    if (isIndex(name) || WEIGHTS.test(name)) return true;
    if (FOREIGN.test(name)) this.#foreign.push(name);
    if (FOREIGN.test(name) || BESIDE.test(name)) return false;
    return looksLikeCheckpoint(file).catch(() => false); // no file, or not ours to read
  }

  /** Without those that are links to another, as caches of downloads have them; the first name counts. */
  async distinct(): Promise<readonly Candidate[]> {
    const found = new Map<string, Candidate>();
    // A name with an ending says more than one of a cache.
    const ranked = [...this.#files].sort((a, b) => Number(b.named) - Number(a.named) || known(b) - known(a));
    for (const candidate of ranked) {
      const real = await realpath(candidate.file).catch(() => candidate.file);
      if (!found.has(real)) found.set(real, candidate);
    }
    const kept = new Set(found.values());
    return this.#files.filter((candidate) => kept.has(candidate));
  }

  notes(): readonly string[] {
    const notes: string[] = [];
    if (this.#foreign.length > 0) {
      const more = this.#foreign.length > 4 ? ', …' : '';
      const listed = this.#foreign.slice(0, 4).join(', ') + more;
      notes.push(`Not read, since they are in formats of other programs: ${listed}.`);
    }
    if (this.#tooDeep !== null)
      notes.push(`${path.basename(this.#tooDeep)} lies in too many folders, so it was not looked into.`);
    return notes;
  }
}

const known = ({ file }: Candidate): number => Number(isIndex(file) || WEIGHTS.test(file));

type Entries = readonly { readonly name: string }[];

/** What is in a folder; null for a file. */
async function entriesOf(at: string): Promise<Entries | null> {
  return readdir(at, { withFileTypes: true }).catch(() => null);
}

function tooMany(sentence: string): TesseraError {
  return new TesseraError('limit', sentence, 'Choose the files of one model.');
}

const PART = /-\d{5}-of-(\d{5})\.\w+$/;

/** The index of a model in several files, for one of them. @throws TesseraError 'input' where it is not beside it */
async function indexFor(file: string): Promise<string> {
  const name = path.basename(file);
  const parts = PART.exec(name)?.[1];
  if (parts === undefined || Number(parts) === 1) return file;
  const folder = path.dirname(file);
  for (const { name: other } of (await entriesOf(folder)) ?? []) {
    if (isIndex(other) && (await listed(path.join(folder, other))).includes(name))
      return path.join(folder, other);
  }
  throw new TesseraError(
    'input',
    `${name} is one of ${Number(parts)} files of a model, and their index is not beside it.`,
    'Put all of them and the file that ends in .index.json in one folder.',
  );
}

async function listed(index: string): Promise<readonly string[]> {
  return shardsOf(index).catch(() => []); // what is wrong with it is said where it is read
}

/**
 * What is not read in a folder: the files that an index lists, and those of the same weights in another format or precision, as
 * folders of diffusers have them. The fullest is read.
 */
async function copiesAmong(folder: string, names: readonly string[]): Promise<ReadonlySet<string>> {
  const left = new Set<string>();
  for (const name of names) {
    if (isIndex(name)) for (const shard of await listed(path.join(folder, name))) left.add(shard);
  }
  const ranks = ['.safetensors', '.bin', '.fp16.safetensors', '.fp16.bin'];
  let best: { readonly name: string; readonly rank: number } | null = null;
  for (const name of names) {
    const plain = name.replace(/^(.*)\.index\.(?:(\w+)\.)?json$/, indexed);
    const match = /^(?:diffusion_)?(?:pytorch_)?model((?:\.fp16)?\.(?:safetensors|bin))$/.exec(plain);
    if (!match) continue;
    const rank = ranks.indexOf(match[1]!);
    if (best && best.rank <= rank) left.add(name);
    else {
      if (best) left.add(best.name);
      best = { name, rank };
    }
  }
  return left;
}

/** `model.safetensors.index.fp16.json` is a copy as `model.fp16.safetensors` is one. */
function indexed(_: string, model: string, variant: string | undefined): string {
  return variant === undefined ? model : model.replace(/(\.\w+)$/, `.${variant}$1`);
}

import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { TesseraError } from '../../../core/base/errors.ts';
import { parsePlainJson } from '../../../core/base/json.ts';

/** The words of a text tower, as files that lie beside its weights. */
export type Vocabulary =
  | { readonly kind: 'pair'; readonly vocab: string; readonly merges: string } // paths
  | { readonly kind: 'pairs'; readonly file: string }; // OpenAI's list of pairs

const LARGEST = 16 << 20; // bytes of any of the files
const PAIRS = 48_894; // in OpenAI's list, of which the rest is not used
const BEGIN = '<|startoftext|>';
const END = '<|endoftext|>';

/** The vocabulary among files and folders that a person gave, or in a folder `tokenizer` of one; null where there is none. */
export async function vocabularyIn(given: readonly string[]): Promise<Vocabulary | null> {
  const files = new Map<string, string>(); // by name
  for (const at of given) {
    for (const file of await filesAt(at)) files.set(path.basename(file), file);
  }
  const [vocab, merges] = [files.get('vocab.json'), files.get('merges.txt')];
  if (vocab !== undefined && merges !== undefined) return { kind: 'pair', vocab, merges };
  const pairs = [...files.keys()].find((name) => isPairs(name));
  return pairs === undefined ? null : { kind: 'pairs', file: files.get(pairs)! };
}

/** Whether a file holds words, and no weights, by its name. */
export function isVocabulary(file: string): boolean {
  const name = path.basename(file);
  return name === 'vocab.json' || name === 'merges.txt' || isPairs(name);
}

const isPairs = (name: string): boolean => /^bpe_simple_vocab_16e6\.txt(\.gz)?$/.test(name);

async function filesAt(at: string): Promise<string[]> {
  const found = await stat(at).catch(() => null);
  if (!found?.isDirectory()) return [at];
  const inside = async (folder: string): Promise<string[]> =>
    (await readdir(folder).catch(() => [])).map((name) => path.join(folder, name));
  return [...(await inside(at)), ...(await inside(path.join(at, 'tokenizer')))];
}

/**
 * The tokenizer of CLIP in the format of Hugging Face's `tokenizer.json`: lower case, pairs of letters joined from the words'
 * own list, with an id at the beginning and one at the end.
 *
 * @throws TesseraError 'input' if the files are none of a vocabulary
 */
export async function clipTokenizer(
  vocabulary: Vocabulary,
): Promise<{ json: string; ids: Record<string, number> }> {
  const { vocab, merges } =
    vocabulary.kind === 'pair'
      ? { vocab: vocabOf(await text(vocabulary.vocab)), merges: pairsOf(await text(vocabulary.merges)) }
      : fromPairs(pairsOf(await text(vocabulary.file)).slice(0, PAIRS));
  const [begin, end] = [vocab[BEGIN], vocab[END]];
  if (begin === undefined || end === undefined) throw broken();
  const special = (content: string, id: number): object => ({
    id,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: true,
    special: true,
  });
  const described = {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [special(BEGIN, begin), special(END, end)],
    normalizer: {
      type: 'Sequence',
      normalizers: [
        { type: 'NFC' },
        { type: 'Replace', pattern: { Regex: '\\s+' }, content: ' ' },
        { type: 'Lowercase' },
      ],
    },
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        { type: 'Split', pattern: { Regex: PIECES }, behavior: 'Removed', invert: true },
        { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false },
      ],
    },
    post_processor: {
      type: 'RobertaProcessing',
      sep: [END, end],
      cls: [BEGIN, begin],
      trim_offsets: false,
      add_prefix_space: false,
    },
    decoder: null,
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: END,
      continuing_subword_prefix: '',
      end_of_word_suffix: '</w>',
      fuse_unk: false,
      vocab,
      merges,
    },
  };
  return { json: JSON.stringify(described), ids: vocab };
}

/** Words, digits one by one, and what is neither (CLIP, clip/simple_tokenizer.py). */
const PIECES =
  "<\\|startoftext\\|>|<\\|endoftext\\|>|'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";

async function text(file: string): Promise<string> {
  const { size } = await stat(file);
  if (size > LARGEST) throw broken();
  const bytes = await readFile(file);
  try {
    return (file.endsWith('.gz') ? gunzipSync(bytes, { maxOutputLength: LARGEST }) : bytes).toString('utf8');
  } catch (cause) {
    throw broken(cause);
  }
}

function vocabOf(json: string): Record<string, number> {
  let value: unknown;
  try {
    value = parsePlainJson(json);
  } catch (cause) {
    throw broken(cause);
  }
  if (typeof value !== 'object' || value === null) throw broken();
  const entries = Object.entries(value);
  if (!entries.every((entry): entry is [string, number] => Number.isInteger(entry[1]))) throw broken();
  return Object.fromEntries(entries);
}

/** The pairs that are joined, a line each; the first line says of which version they are. */
function pairsOf(lines: string): string[] {
  return lines
    .split('\n')
    .slice(1)
    .map((line) => line.trimEnd())
    .filter((line) => /^\S+ \S+$/.test(line));
}

/** OpenAI numbers every byte, then every byte at the end of a word, then what each pair becomes. */
function fromPairs(merges: string[]): { vocab: Record<string, number>; merges: string[] } {
  const bytes = byteLetters();
  const words = [
    ...bytes,
    ...bytes.map((letter) => `${letter}</w>`),
    ...merges.map((pair) => pair.replace(' ', '')),
    BEGIN,
    END,
  ];
  return { vocab: Object.fromEntries(words.map((word, id) => [word, id])), merges };
}

/** A letter that can be seen for each byte: those that can be seen first, as GPT-2 orders them. */
function byteLetters(): string[] {
  const seen = [range(33, 126), range(161, 172), range(174, 255)].flat();
  const known = new Set(seen);
  const others = range(0, 255).filter((byte) => !known.has(byte));
  return [...seen, ...others.map((_, i) => 256 + i)].map((code) => String.fromCodePoint(code));
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

function broken(cause?: unknown): TesseraError {
  return new TesseraError(
    'input',
    'The vocabulary beside the text model cannot be read.',
    'Download vocab.json and merges.txt again.',
    { cause },
  );
}

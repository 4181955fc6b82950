import { Tokenizer } from '@huggingface/tokenizers';
import { readFile } from 'node:fs/promises';
import { TesseraError } from '../../core/base/errors.ts';
import { parsePlainJson } from '../../core/base/json.ts';
import type { Reading } from '../../core/model/conditioner.ts';

/** Turns a prompt into the ids that a text tower takes. */
export interface TextTokenizer {
  /** [length]: the beginning, the words as far as they fit, the end, and the pad. */
  ids(words: string): Int32Array;
  read(words: string): Reading;
}

/**
 * Opens the tokenizer of a package, offline: a `tokenizer.json` whose texts get an id at their beginning and one at their end.
 *
 * @throws TesseraError 'package' if the file cannot be read or is none
 */
export async function openTextTokenizer(
  file: string,
  { length, pad }: { readonly length: number; readonly pad: number },
): Promise<TextTokenizer> {
  const tokenizer = await open(file);
  const most = length - 2;
  const encode = (words: string): number[] => tokenizer.encode(straightened(words)).ids;
  const count = (words: string): number => encode(words).length - 2;
  const bare = encode('');
  if (bare.length !== 2) throw broken();
  const [begin, end] = bare as [number, number];

  return {
    ids(words) {
      const inner = encode(words).slice(1, -1).slice(0, most);
      const out = new Int32Array(length).fill(pad);
      out.set([begin, ...inner, end]);
      return out;
    },
    read(words) {
      const tokens = count(words);
      if (tokens <= most) return { tokens, most, cut: '' };
      const parts = words.split(/(?<=\s)/);
      let [fits, not] = [0, parts.length]; // how many parts fit, and how many do not
      while (not - fits > 1) {
        const middle = (fits + not) >> 1;
        if (count(parts.slice(0, middle).join('')) <= most) fits = middle;
        else not = middle;
      }
      return { tokens: most, most, cut: parts.slice(fits).join('').trim() };
    },
  };
}

async function open(file: string): Promise<Tokenizer> {
  try {
    const described = parsePlainJson(await readFile(file, 'utf8'));
    if (typeof described === 'object' && described !== null) return new Tokenizer(described, {});
  } catch (cause) {
    throw broken(cause);
  }
  throw broken();
}

function broken(cause?: unknown): TesseraError {
  return new TesseraError(
    'package',
    'The tokenizer of the package cannot be read, so it takes no prompt.',
    'Install the package again, or import its checkpoints anew.',
    { cause },
  );
}

/** CLIP was trained on texts with straight quotes (ftfy). */
function straightened(words: string): string {
  return words.replace(/[\u2018\u2019\u201a\u201b]/g, "'").replace(/[\u201c\u201d\u201e\u201f]/g, '"');
}

import { TesseraError } from '../base/errors.ts';
import type { Reading, Unknown } from './conditioner.ts';
import { nearestNames } from './classNames.ts';

/** The words that a denoiser knows. The first of each entry is the word, the others mean the same; its id is its place, from 1. */
export type Vocabulary = readonly (readonly [string, ...string[]])[];

/** Words that say nothing of what a picture shows. */
const EMPTY = new Set(
  'a an the of and or with in on at by to from for into over under near very some many much more is are it its'.split(
    ' ',
  ),
);

const PHRASE = 3; // words at most that mean something together

/** A prompt as a vocabulary has it. */
export interface ReadWords {
  readonly ids: Int32Array; // [most], 0 where there is no word
  readonly reading: Reading;
}

/** Takes the words that are known out of a prompt, each once; those that follow the first `most` are cut off. */
export function readWords(vocabulary: Vocabulary, most: number, prompt: string): ReadWords {
  const words = prompt.toLowerCase().match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? [];
  const known = idsByText(vocabulary);
  const found: { readonly id: number; readonly said: string }[] = [];
  const unknown: Unknown[] = [];
  for (let at = 0; at < words.length;) {
    const taken = longest(known, words, at);
    if (taken && !found.some(({ id }) => id === taken.id)) found.push(taken);
    if (!taken) unknown.push(...unknownWord(vocabulary, words[at]!, unknown));
    at += taken?.words ?? 1;
  }
  const ids = new Int32Array(most);
  ids.set(found.slice(0, most).map(({ id }) => id));
  return {
    ids,
    reading: {
      tokens: Math.min(found.length, most),
      most,
      cut: found
        .slice(most)
        .map(({ said }) => said)
        .join(' '),
      unknown,
    },
  };
}

/** @throws TesseraError 'usage' where a prompt has words and none is known */
export function idsOfPrompt(vocabulary: Vocabulary, most: number, prompt: string): Int32Array {
  const { ids, reading } = readWords(vocabulary, most, prompt);
  const [first] = reading.unknown ?? [];
  if (first === undefined || reading.tokens > 0) return ids;
  throw new TesseraError(
    'usage',
    `The model knows no "${first.word.slice(0, 40)}".`,
    `Near it are: ${first.near.join(', ')}.`,
  );
}

function longest(
  known: ReadonlyMap<string, number>,
  words: readonly string[],
  at: number,
): { readonly id: number; readonly said: string; readonly words: number } | null {
  for (let count = Math.min(PHRASE, words.length - at); count > 0; count--) {
    const said = words.slice(at, at + count).join(' ');
    for (const form of formsOf(said)) {
      const id = known.get(form);
      if (id !== undefined) return { id, said, words: count };
    }
  }
  return null;
}

/** What is said, and the same without what a plural or "-y" adds. */
function formsOf(said: string): string[] {
  return [said, said.replace(/s$/, ''), said.replace(/es$/, ''), said.replace(/ies$/, 'y')];
}

function unknownWord(vocabulary: Vocabulary, word: string, before: readonly Unknown[]): Unknown[] {
  if (EMPTY.has(word) || before.some((other) => other.word === word)) return [];
  const names = vocabulary.flat();
  const own = new Map(
    vocabulary.flatMap(([first, ...others]) => [first, ...others].map((one) => [one, first])),
  );
  const near = nearestNames(names, word).map((name) => own.get(name)!);
  return [{ word, near: [...new Set(near)] }];
}

const indices = new WeakMap<Vocabulary, ReadonlyMap<string, number>>();

function idsByText(vocabulary: Vocabulary): ReadonlyMap<string, number> {
  const kept = indices.get(vocabulary);
  if (kept) return kept;
  const made = new Map(vocabulary.flatMap((entry, at) => entry.map((text) => [text, at + 1] as const)));
  indices.set(vocabulary, made);
  return made;
}

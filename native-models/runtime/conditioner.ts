import { readFile } from 'node:fs/promises';
import { throwIfAborted } from '../../core/base/abort.ts';
import { TesseraError } from '../../core/base/errors.ts';
import { idsOfPrompt, readWords } from '../../core/model/vocabulary.ts';
import { classNamed } from '../../core/model/classNames.ts';
import type { Conditioner } from '../../core/model/conditioner.ts';
import type { Condition } from '../../core/model/denoiser.ts';
import type { Manifest } from '../../core/model/manifest.ts';
import { lazy } from './lazy.ts';
import { createModel, type Model } from './model.ts';
import type { OpenSession } from './sessions.ts';
import { floatsOf, ids } from './tensors.ts';
import { openTextTokenizer } from './textTokenizer.ts';

/** How many texts keep their states, a few hundred KB each. */
const KEPT = 32;

/** What leads the denoiser of a package, and the model behind it. */
export interface OwnedConditioner {
  readonly conditioner: Conditioner;
  readonly model: Model | null;
}

/**
 * Makes what leads the denoiser of a package; null where nothing does. Nothing is loaded before it is used.
 *
 * @param pathOf where a file of the package lies
 */
export function createConditioner(
  manifest: Manifest,
  open: OpenSession,
  pathOf: (file: string) => string,
): OwnedConditioner | null {
  const { denoiser, text, words } = manifest;
  if (denoiser?.conditioning === 'class' && denoiser.classes) {
    return { conditioner: classConditioner(denoiser.classes), model: null };
  }
  if (denoiser?.conditioning === 'words' && words)
    return { conditioner: wordConditioner(words), model: null };
  return denoiser?.conditioning === 'clip-text' && text ? textConditioner(text, open, pathOf) : null;
}

type Classes = NonNullable<NonNullable<Manifest['denoiser']>['classes']>;

function classConditioner({ names, none }: Classes): Conditioner {
  return {
    kind: 'class',
    read: (words) => Promise.resolve({ tokens: Number(words.trim() !== ''), most: 1, cut: '' }),
    // In a promise, so that an unknown name rejects it.
    condition: (words) =>
      Promise.resolve(words.trim()).then((name) => ({
        kind: 'class',
        id: name === '' ? none : classNamed(names, name),
      })),
  };
}

type WordsEntry = NonNullable<Manifest['words']>;

function wordConditioner({ vocabulary, most }: WordsEntry): Conditioner {
  return {
    kind: 'words',
    read: (words) => Promise.resolve(readWords(vocabulary, most, words).reading),
    // In a promise, so that unknown words reject it.
    condition: (words) =>
      Promise.resolve(words).then((prompt) => ({
        kind: 'words',
        ids: idsOfPrompt(vocabulary, most, prompt),
      })),
  };
}

type TextEntry = NonNullable<Manifest['text']>;

function textConditioner(
  entry: TextEntry,
  open: OpenSession,
  pathOf: (file: string) => string,
): OwnedConditioner {
  const tower = textTower(entry, open);
  const tokenizer = lazy(() => openTextTokenizer(pathOf(entry.tokenizer), entry));
  const known = new Map<string, Promise<Condition>>(); // the last used at the end

  async function statesOf(words: string): Promise<Condition> {
    if (words === '' && entry.empty !== undefined) {
      return { kind: 'text', states: await learned(pathOf(entry.empty), entry) };
    }
    const text = (await tokenizer.get()).ids(words);
    const results = await tower.run({ ids: ids(text, [1, entry.length]) });
    return { kind: 'text', states: contextOf(tower.name, results.context, entry) };
  }

  return {
    model: tower,
    conditioner: {
      kind: 'text',
      read: async (words) => (await tokenizer.get()).read(words.trim()),
      async condition(words, signal) {
        throwIfAborted(signal);
        const key = words.trim();
        const found = known.get(key) ?? statesOf(key); // no signal: others may wait for the same
        known.delete(key);
        known.set(key, found);
        if (known.size > KEPT) known.delete(known.keys().next().value!);
        found.catch(() => known.delete(key)); // so that the next attempt tries again
        const condition = await found;
        throwIfAborted(signal);
        return condition;
      },
    },
  };
}

function textTower(entry: TextEntry, open: OpenSession): Model {
  const { file, length, rows, width } = entry;
  return createModel({
    ...open(file),
    contract: {
      inputs: [{ name: 'ids', type: 'int64', shape: ['free', length] }],
      outputs: [{ name: 'context', type: 'float32', shape: ['any', rows, width] }],
    },
    async probe(session) {
      const results = await session.run({ ids: ids(new Int32Array(length).fill(entry.pad), [1, length]) });
      contextOf(open(file).name, results.context, entry);
    },
  });
}

function contextOf(
  name: string,
  value: Parameters<typeof floatsOf>[2],
  { rows, width }: TextEntry,
): Float32Array {
  return floatsOf(name, 'context', value, [1, rows, width]);
}

/** The states of no text that were learned. */
async function learned(file: string, { rows, width }: TextEntry): Promise<Float32Array> {
  const bytes = await readFile(file);
  if (bytes.length === 4 * rows * width) return new Float32Array(Uint8Array.from(bytes).buffer);
  throw new TesseraError(
    'package',
    `The learned states of no text have ${bytes.length} bytes where ${4 * rows * width} are due.`,
    'Install the package again.',
  );
}

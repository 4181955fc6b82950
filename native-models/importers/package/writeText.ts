import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Manifest } from '../../../core/model/manifest.ts';
import { openWeights } from '../recognise/openModel.ts';
import type { EmptyPiece, Located, TextPiece } from '../recognise/piece.ts';
import type { TextStates } from '../text/clipText.ts';
import { clipTokenizer, type Vocabulary } from '../text/vocabulary.ts';
import { finite } from '../weights.ts';
import { configBeside } from './configBeside.ts';

/** What turns prompts into the context of a denoiser, as the files of a person have it. */
export interface TextParts {
  readonly text: Located<TextPiece>;
  readonly vocabulary: Vocabulary;
  readonly empty: Located<EmptyPiece> | null;
}

type TextEntry = NonNullable<Manifest['text']>;

/** What a manifest says of a text tower before it is written. */
export function contextOf(
  { text: { length, width } }: TextParts,
  states: TextStates,
): { rows: number; width: number } {
  return { rows: states === 'penultimate-and-pooled' ? length + 1 : length, width };
}

/** Writes the tokenizer of a text tower, and the states of no text where they were learned; says what the manifest does. */
export async function writeWords(
  { text, vocabulary, empty }: TextParts,
  states: TextStates,
  folder: string,
): Promise<{ readonly entry: TextEntry; readonly files: readonly string[] }> {
  const { json, ids } = await clipTokenizer(vocabulary);
  await writeFile(path.join(folder, TOKENIZER), json);
  const learned = empty?.length === text.length && empty.width === text.width ? empty : null;
  if (learned) await writeFile(path.join(folder, EMPTY), await bytesIn(learned));
  const entry: TextEntry = {
    file: 'text.onnx',
    tokenizer: TOKENIZER,
    length: text.length,
    pad: await padOf(vocabulary, ids, states),
    ...contextOf({ text, vocabulary, empty }, states),
    ...(learned && { empty: EMPTY }),
  };
  return { entry, files: [TOKENIZER, ...(learned ? [EMPTY] : [])] };
}

const TOKENIZER = 'tokenizer.json';
const EMPTY = 'empty.f32';

async function bytesIn({ file, prefix }: Located<EmptyPiece>): Promise<Uint8Array> {
  const checkpoint = await openWeights(file);
  try {
    const values = finite(await checkpoint.read(`${prefix}embeddings`), `${prefix}embeddings`);
    return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  } finally {
    await checkpoint.close();
  }
}

/** What a text is filled up with: as the tokenizer's settings say, else as the families have it. */
async function padOf(
  vocabulary: Vocabulary,
  ids: Readonly<Record<string, number>>,
  states: TextStates,
): Promise<number> {
  const beside = vocabulary.kind === 'pair' ? vocabulary.vocab : vocabulary.file;
  for (const name of ['special_tokens_map.json', 'tokenizer_config.json']) {
    const said = (await configBeside(beside, name)).pad_token;
    const word = typeof said === 'object' && said !== null ? (Reflect.get(said, 'content') as unknown) : said;
    if (typeof word === 'string' && ids[word] !== undefined) return ids[word];
  }
  return states === 'last-directions' ? (ids['!'] ?? 0) : ids['<|endoftext|>']!;
}

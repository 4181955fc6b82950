import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

// Every sentence that people may be told is written where an error is made, so the sources show them all.

const ROOMS = ['core', 'electron', 'native-models/runtime', 'native-models/importers', 'renderer'];
const LONGEST = 150; // characters of a sentence's own words; names and numbers are added, and toErrorShape cuts at 200

/** A text of an error as it is written: what is put in stands as … */
interface Sentence {
  readonly at: string; // file:line
  readonly text: string;
  readonly inserted: readonly string[]; // source of what is put in
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.join(folder, file));
}

/** The messages and hints of all errors that are made in a file, as far as they are written there. */
function sentencesIn(file: string): { messages: Sentence[]; hints: Sentence[] } {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found = { messages: [] as Sentence[], hints: [] as Sentence[] };
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node) && node.expression.getText(source) === 'TesseraError') {
      const [, message, hint] = node.arguments ?? [];
      const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
      found.messages.push(...textsOf(message, `${file}:${line}`, source));
      found.hints.push(...textsOf(hint, `${file}:${line}`, source));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The texts that an expression may be; none where it is made elsewhere. */
function textsOf(node: ts.Expression | undefined, at: string, source: ts.SourceFile): Sentence[] {
  if (!node) return [];
  if (ts.isStringLiteralLike(node)) return [{ at, text: node.text, inserted: [] }];
  if (ts.isConditionalExpression(node)) {
    return [...textsOf(node.whenTrue, at, source), ...textsOf(node.whenFalse, at, source)];
  }
  if (!ts.isTemplateExpression(node)) return [];
  const parts = node.templateSpans.map(({ literal }) => literal.text);
  const inserted = node.templateSpans.map(({ expression }) => expression.getText(source));
  return [{ at, text: [node.head.text, ...parts].join('…'), inserted }];
}

const all = ROOMS.flatMap(sourcesIn).map(sentencesIn);
const messages = all.flatMap((file) => file.messages);
const hints = all.flatMap((file) => file.hints);

const thatFail = (sentences: readonly Sentence[], holds: (sentence: Sentence) => boolean): string[] =>
  sentences.filter((sentence) => !holds(sentence)).map(({ at, text }) => `${at} ${text}`);

test('the sources have the errors that are looked at', () => {
  expect(messages.length).toBeGreaterThan(150);
  expect(hints.length).toBeGreaterThan(100);
});

test('a message is one sentence, and so is a hint', () => {
  const isOne = ({ text }: Sentence): boolean =>
    /^([A-Z0-9"“…]|--)[^\n]*[.!?…]$/.test(text) && !/[.!?]\s+[A-Z]/.test(text);
  expect(thatFail([...messages, ...hints], isOne)).toEqual([]);
});

test('it is short', () => {
  expect(thatFail([...messages, ...hints], ({ text }) => text.length <= LONGEST)).toEqual([]);
});

test('it has no words of a library in it, and none of our sources', () => {
  const OF_OTHERS =
    /\b(error|cause|reason)\.(message|stack)\b|codecMessage|String\((error|cause|reason)|import\.meta|__(file|dir)name/;
  const isOurs = ({ text, inserted }: Sentence): boolean =>
    !inserted.some((code) => OF_OTHERS.test(code)) &&
    !/\b(undefined|NaN|null pointer|errno|E[A-Z]{4,}|WebAssembly|libvips|stack)\b/.test(text);
  expect(thatFail([...messages, ...hints], isOurs)).toEqual([]);
});

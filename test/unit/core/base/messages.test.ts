import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sentence, type Sentences, sentencesIn } from './messages/sentences.ts';

// Every sentence that people may be told is written in the sources, where an error is made or in what helps to make it.

const LONGEST = 150; // characters of a sentence's own words; names and numbers are added, and toErrorShape cuts at 200

const ROOMS = ['core', 'electron', 'native-models/runtime', 'native-models/importers', 'renderer'];

/** Where sentences are only passed on: those of errors from other processes, of parts that are missing, of Commander. */
const PASSED_ON = [
  'core/base/errors.ts',
  'electron/cli/program.ts',
  'electron/cli/shared/checkOutputs.ts',
  'native-models/importers/package/parts.ts',
  'renderer/commands/updates.ts',
];

const { messages, hints } = sentencesIn(ROOMS);
const told = [...messages, ...hints].filter(({ text }) => text !== '…');

const thatFail = (sentences: readonly Sentence[], holds: (sentence: Sentence) => boolean): string[] =>
  sentences.filter((sentence) => !holds(sentence)).map(({ at, text }) => `${at} ${text}`);

const isOurs = ({ text, foreign }: Sentence): boolean =>
  foreign.length === 0 &&
  !/\b(undefined|NaN|null pointer|errno|E[A-Z]{4,}|WebAssembly|libvips|stack)\b/.test(text);

test('the sources have the errors that are looked at', () => {
  expect(messages.length).toBeGreaterThan(400);
  expect(hints.length).toBeGreaterThan(150);
  const passedOn = [...messages, ...hints].filter(({ text }) => text === '…');
  expect(new Set(passedOn.map(({ at }) => at.replace(/:\d+$/, '')))).toEqual(new Set(PASSED_ON));
});

test('a message is one sentence, and so is a hint', () => {
  const isOne = ({ text }: Sentence): boolean =>
    /^([A-Z0-9"“…]|--)[^\n]*[.!?…]$/.test(text) && !/[.!?]\s+[A-Z]/.test(text);
  expect(thatFail(told, isOne)).toEqual([]);
});

test('it is short', () => {
  expect(thatFail(told, ({ text }) => text.length <= LONGEST)).toEqual([]);
});

test('it has no words of a library in it, and none of our sources', () => {
  expect(thatFail([...messages, ...hints], isOurs)).toEqual([]);
});

const folder = path.join('out', 'messages');
let found: Sentences;
beforeAll(() => {
  mkdirSync(folder, { recursive: true });
  const own = mkdtempSync(path.join(folder, 'm'));
  writeFileSync(
    path.join(own, 'helper.ts'),
    `export function why(error: unknown): string {
       const text = error instanceof Error ? error.message : String(error);
       return text.trim();
     }
     export const HINTS = { a: 'Try again.', b: 'Give up.' } as const;`,
  );
  writeFileSync(
    path.join(own, 'errors.ts'),
    `import { why, HINTS } from './helper.ts';
     declare class TesseraError { constructor(code: string, message: string, hint?: string) }
     const about = (what: string, kind: 'a' | 'b') => new TesseraError('input', \`It \${what}.\`, HINTS[kind]);
     about('is empty', 'a');
     about(\`fails: \${why(new Error('x'))}\`, 'b');`,
  );
  found = sentencesIn([own]);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('words are found wherever they come from: callers, constants and helpers of other files', () => {
  expect(found.messages.map(({ text }) => text)).toEqual(['It is empty.', 'It fails: ….']);
  expect(found.hints.map(({ text }) => text)).toEqual(['Try again.', 'Give up.']);
  expect(found.messages.map(isOurs)).toEqual([true, false]);
});

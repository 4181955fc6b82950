import { z } from 'zod';
import { TesseraError } from '../base/errors.ts';
import { parseJson } from '../base/json.ts';
import { schemaPath } from '../base/schema.ts';
import { createGrid, MASK } from './grid.ts';
import type { TokenStamp } from './stamp.ts';

const FORMAT = 1;
const MOST_SIDE = 1024; // tokens
const MOST_TEXT = 2 ** 23; // characters; more than the largest stamp has with ids of five digits
const MAX_ID = 2 ** 31 - 1;

// Each text completes the sentence "<place> must be ...".
const sideIs = `a whole number from 1 to ${MOST_SIDE}`;
const side = z.int(sideIs).min(1, sideIs).max(MOST_SIDE, sideIs);
const idIs = `the id of a code, or ${MASK} where none was taken`;
const id = z.int(idIs).min(MASK, idIs).max(MAX_ID, idIs);

const stampSchema = z.object(
  {
    format: z.literal(FORMAT, `${FORMAT}`),
    package: z.object({ id: z.string('a text'), sha256: z.string('a text') }, 'an id and a sha256'),
    width: side,
    height: side,
    rows: z.array(z.array(id, 'a list of ids'), 'a list of rows'),
  },
  'an object',
);

const newerSchema = z.object({ format: z.int(), rows: z.unknown() });

/**
 * A stamp as a text for the clipboard: JSON, one row of tokens per line.
 *
 * @throws TesseraError 'limit' for more than 1024 tokens on a side
 */
export function stampToText({ package: { id, sha256 }, grid }: TokenStamp): string {
  const { width, height, ids } = grid;
  if (Math.max(width, height) > MOST_SIDE) {
    throw new TesseraError(
      'limit',
      `${width} x ${height} tokens are too many for the clipboard; it takes ${MOST_SIDE} on each side.`,
      'Take fewer of them, or export the tokens to a file.',
    );
  }
  const rows = Array.from(
    { length: height },
    (_, row) => `    [${ids.subarray(row * width, (row + 1) * width).join(', ')}]`,
  );
  const head = Object.entries({ format: FORMAT, package: { id, sha256 }, width, height });
  const fields = head.map(([name, value]) => `  "${name}": ${JSON.stringify(value)},\n`);
  return `{\n${fields.join('')}  "rows": [\n${rows.join(',\n')}\n  ]\n}\n`;
}

/**
 * The stamp that a text holds.
 *
 * @throws TesseraError 'input', one sentence about what is wrong
 */
export function stampFromText(text: string): TokenStamp {
  if (text.length > MOST_TEXT) throw broken('it is too long', 'Copy fewer tokens.');
  const value = parse(text);
  if (isNewer(value)) throw broken('a newer version of Tessera made them', 'Update Tessera.');
  const parsed = stampSchema.safeParse(value);
  if (!parsed.success) throw broken(describeIssue(parsed.error.issues[0]!));
  const { package: made, width, height, rows } = parsed.data;
  if (rows.length !== height || rows.some((row) => row.length !== width)) {
    throw broken(`the rows are not ${height} of ${width} ids each`);
  }
  return { package: made, grid: createGrid(width, height, rows.flat()) };
}

function parse(text: string): unknown {
  try {
    return parseJson(text.trim()); // which takes a byte order mark away too
  } catch (cause) {
    throw broken('it is not JSON', COPY, cause);
  }
}

function isNewer(value: unknown): boolean {
  const { success, data } = newerSchema.safeParse(value);
  return success && data.format > FORMAT;
}

function describeIssue({ path, message }: z.core.$ZodIssue): string {
  return `${schemaPath(path) || 'it'} must be ${message}`;
}

const COPY = 'Copy tokens in Tessera, then paste again.';

function broken(what: string, hint = COPY, cause?: unknown): TesseraError {
  return new TesseraError('input', `The text holds no tokens that can be pasted (${what}).`, hint, { cause });
}

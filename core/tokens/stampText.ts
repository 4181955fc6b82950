import { z } from 'zod';
import { TesseraError } from '../base/errors.ts';
import { MAX_ID } from '../base/limits.ts';
import { firstIssue, newerFormat, parseJson, text as anyText, whole } from '../base/schema.ts';
import { createGrid, MASK } from './grid.ts';
import type { TokenStamp } from './stamp.ts';

const FORMAT = 1;
const MAX_SIDE = 1024; // tokens
const MAX_TEXT = 2 ** 23; // characters; more than the largest stamp has with ids of five digits

const side = whole(1, MAX_SIDE);
const id = whole(MASK, MAX_ID, `the id of a code, or ${MASK} where none was taken`);

const stampSchema = z.object(
  {
    format: z.literal(FORMAT, `${FORMAT}`),
    package: z.object({ id: anyText, sha256: anyText }, 'an id and a sha256'),
    width: side,
    height: side,
    rows: z.array(z.array(id, 'a list of ids'), 'a list of rows'),
  },
  'an object',
);

/**
 * A stamp as a text for the clipboard: JSON, one row of tokens per line.
 *
 * @throws TesseraError 'limit' for more than 1024 tokens on a side
 */
export function stampToText({ package: { id, sha256 }, grid }: TokenStamp): string {
  const { width, height, ids } = grid;
  if (Math.max(width, height) > MAX_SIDE) {
    throw new TesseraError(
      'limit',
      `${width} x ${height} tokens are too many for the clipboard; it takes ${MAX_SIDE} on each side.`,
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
  if (text.length > MAX_TEXT) throw broken('it is too long', 'Copy fewer tokens.');
  // Trimming takes a byte order mark away too.
  const value = parseJson(text.trim(), (cause) => broken('it is not JSON', COPY, cause));
  if (isNewer(value)) throw broken('a newer version of Tessera made them', 'Update Tessera.');
  const parsed = stampSchema.safeParse(value);
  if (!parsed.success) throw broken(firstIssue(parsed.error, 'it'));
  const { package: made, width, height, rows } = parsed.data;
  if (rows.length !== height || rows.some((row) => row.length !== width)) {
    throw broken(`the rows are not ${height} of ${width} ids each`);
  }
  return { package: made, grid: createGrid(width, height, rows.flat()) };
}

function isNewer(value: unknown): boolean {
  return (
    newerFormat(value, FORMAT) !== null && typeof value === 'object' && value !== null && 'rows' in value
  );
}

const COPY = 'Copy tokens in Tessera, then paste again.';

function broken(what: string, hint = COPY, cause?: unknown): TesseraError {
  return new TesseraError('input', `The text holds no tokens that can be pasted (${what}).`, hint, { cause });
}

import { z } from 'zod';
import { TesseraError } from '../base/errors.ts';
import type { Rect } from '../base/geometry.ts';
import { MAX_GRID_SIDE, MAX_ID } from '../base/limits.ts';
import { between, firstIssue, newerFormat, parseJson, text, whole } from '../base/schema.ts';
import { type FillStart, fillStartSchema } from './fillStart.ts';
import { MASK } from './grid.ts';
import type { Provenance } from './provenance.ts';
import { fromRuns, type ProvenanceRuns, shared } from './provenanceRuns.ts';

/** The format that this version reads and writes. */
export const TOKEN_FILE_FORMAT = 1;

const side = whole(1, MAX_GRID_SIDE);
const id = whole(MASK, MAX_ID, `the id of a code, or ${MASK} for a missing token`);
const cell = whole(0, undefined, 'the number of a cell');
const pixelsAre = 'a number above 0';
const pixels = z.number(pixelsAre).positive(pixelsAre);
const size = whole(1, undefined, 'a whole number of px, at least 1');
const number = z.number('a number');

/** A grid on disk, with what is needed to decode it and to put it back into its picture. Plain JSON. */
export interface TokenFile {
  readonly format: typeof TOKEN_FILE_FORMAT;
  readonly package: { readonly id: string; readonly sha256: string }; // whose codebook the ids belong to
  readonly width: number; // tokens
  readonly height: number; // tokens
  readonly ids: readonly number[]; // [height * width], row by row; -1 is missing
  readonly pins: readonly number[]; // flat cell indices
  readonly provenance?: readonly Provenance[] | undefined; // [height * width]
  readonly frame?: { readonly rect: Rect; readonly scale: number } | undefined; // picture px; picture px per model px
  readonly picture?: { readonly width: number; readonly height: number } | undefined; // px
  /** Where a fill of what is missing goes on; left out, it starts at its beginning. */
  readonly start?: FillStart | undefined;
}

/** A token file as projects keep it. */
export interface CompactTokenFile extends Omit<TokenFile, 'provenance'> {
  readonly provenance: ProvenanceRuns;
}

const PLAIN = ['missing', 'encoded', 'painted', 'pinned'] as const;
const kindIs = 'one of missing, encoded, painted, pinned and filled';
const step = whole(1, undefined, 'the number of a step');
const probability = between(0, 1);

const provenance = z.discriminatedUnion(
  'kind',
  [z.object({ kind: z.enum(PLAIN) }), z.object({ kind: z.literal('filled'), step, probability })],
  kindIs,
);

const runIs = 'a kind and how many cells it has';
const provenanceRuns = z.object({
  runs: z.array(z.tuple([z.enum([...PLAIN, 'filled'], kindIs), whole(1, undefined, runIs)], runIs), 'a list'),
  steps: z.array(step, 'a list'),
  probabilities: z.array(probability, 'a list'),
});

const fields = z.object(
  {
    format: z.literal(TOKEN_FILE_FORMAT, `${TOKEN_FILE_FORMAT}`),
    package: z.object({ id: text, sha256: text }, 'an id and a sha256'),
    width: side,
    height: side,
    ids: z.array(id, 'a list of ids'),
    pins: z.array(cell, 'a list of cells'),
    frame: z
      .object(
        {
          rect: z.object({ x: number, y: number, width: pixels, height: pixels }, 'x, y, width and height'),
          scale: pixels,
        },
        'a rect and a scale',
      )
      .optional(),
    picture: z.object({ width: size, height: size }, 'a width and a height').optional(),
    start: fillStartSchema.optional(),
  },
  'an object',
);

/** What a token file holds, as far as each field tells by itself. */
export const tokenFileSchema: z.ZodType<TokenFile> = fields.extend({
  provenance: z.array(provenance, 'a list').optional(),
});

const compactSchema: z.ZodType<CompactTokenFile> = fields.extend({ provenance: provenanceRuns });
const looksCompact = z.object({ provenance: z.object({ runs: z.unknown() }) });

/**
 * Reads a token file, compact or not.
 *
 * @param json the text of the file
 * @param source what to call the file in messages, such as its name
 * @throws TesseraError 'input', one sentence about the first problem
 */
export function parseTokenFile(json: string, source: string): TokenFile {
  const value = parseJson(
    json,
    (cause) => new TesseraError('input', `${source} is not valid JSON.`, REPAIR, { cause }),
  );
  refuseNewerFormat(value, source);
  const file = looksCompact.safeParse(value).success
    ? expanded(checked(compactSchema, value, source), source)
    : checked(tokenFileSchema, value, source);
  const contradiction = contradictionIn(file);
  if (contradiction !== null) throw broken(source, contradiction);
  return { ...file, ...(file.provenance && { provenance: shared(file.provenance) }) };
}

function checked<T>(schema: z.ZodType<T>, value: unknown, source: string): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw broken(source, firstIssue(parsed.error));
  return parsed.data;
}

function expanded(file: CompactTokenFile, source: string): TokenFile {
  const list = fromRuns(file.provenance, file.ids.length);
  if (list) return { ...file, provenance: list };
  throw broken(source, `the provenances are not those of ${file.ids.length} cells`);
}

/** The text of a token file, its grid one row per line so that people can read and compare it. */
export function formatTokenFile(file: TokenFile | CompactTokenFile): string {
  const rows = Array.from({ length: file.height }, (_, y) =>
    file.ids.slice(y * file.width, (y + 1) * file.width).join(', '),
  );
  const fields = Object.entries(file)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) =>
      name === 'ids'
        ? `  "ids": [\n    ${rows.join(',\n    ')}\n  ]`
        : `  "${name}": ${JSON.stringify(value)}`,
    );
  return `{\n${fields.join(',\n')}\n}\n`;
}

function refuseNewerFormat(value: unknown, source: string): void {
  const format = newerFormat(value, TOKEN_FILE_FORMAT);
  if (format === null) return;
  throw new TesseraError(
    'input',
    `${source} is a token file of format ${format}, and this version of Tessera reads format ${TOKEN_FILE_FORMAT}.`,
    'Update Tessera.',
  );
}

/** What the fields say against one another, or null. */
export function contradictionIn({ width, height, ids, pins, provenance }: TokenFile): string | null {
  const cells = width * height;
  if (ids.length !== cells) return `a grid of ${width} x ${height} has ${cells} ids, not ${ids.length}`;
  if (provenance !== undefined && provenance.length !== cells) {
    return `a grid of ${width} x ${height} has ${cells} provenances, not ${provenance.length}`;
  }
  if (new Set(pins).size !== pins.length) return 'a cell is pinned twice';
  const stray = pins.find((pin) => pin >= cells || ids[pin] === MASK);
  return stray === undefined ? null : `cell ${stray} is pinned but has no token`;
}

const broken = (source: string, what: string): TesseraError =>
  new TesseraError('input', `${source} is not a token file (${what}).`, REPAIR);

const REPAIR = 'Write it again with "tessera encode".';

import { TesseraError } from '../../../core/base/errors.ts';

/** First and last row or column; null is all of them. */
export type Span = readonly [number, number] | null;

/** A block of cells. */
export interface Cells {
  readonly rows: Span;
  readonly columns: Span;
}

/** One change of a token file; they apply in the order of the command line. */
export type TokenEdit =
  | { readonly kind: 'set'; readonly cells: Cells; readonly id: number }
  | { readonly kind: 'replace'; readonly from: readonly number[]; readonly to: number }
  | { readonly kind: 'erase' | 'pin' | 'unpin'; readonly cells: Cells };

const CELLS_HINT = 'Write ROW,COLUMN such as 3,5, a block such as 2-4,0-7, whole rows such as 2,all, or all.';

/** Reads `3,5`, `2-4,0-7`, `2,all` or `all`. Rows and columns count from 0 at the top left. */
export function parseCells(option: string, text: string): Cells {
  if (text === 'all') return { rows: null, columns: null };
  const [rows, columns, ...rest] = text.split(',').map(parseSpan);
  if (rows === undefined || columns === undefined || rest.length > 0) {
    throw new TesseraError('usage', `${option} takes cells, and "${text}" names none.`, CELLS_HINT);
  }
  if (backwards(rows) || backwards(columns)) {
    throw new TesseraError('usage', `The block "${text}" in ${option} ends before it starts.`, CELLS_HINT);
  }
  return { rows, columns };
}

/** Reads `3`, `2-4` or `all`; undefined for anything else. */
function parseSpan(text: string): Span | undefined {
  if (text === 'all') return null;
  const [, first, last = first] = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(text) ?? [];
  return first === undefined ? undefined : [Number(first), Number(last)];
}

const backwards = (span: Span): boolean => span !== null && span[0] > span[1];

/** Reads `3,5=17`. */
export function parseSet(text: string): TokenEdit {
  const [cells = '', id, ...rest] = text.split('=');
  if (id === undefined || rest.length > 0) {
    throw new TesseraError('usage', `--set takes ROW,COLUMN=ID, and "${text}" is not that.`, CELLS_HINT);
  }
  return { kind: 'set', cells: parseCells('--set', cells), id: parseId('--set', id) };
}

/** Reads `17=42` or `17,18,19=42`. */
export function parseReplace(text: string): TokenEdit {
  const [from = '', to, ...rest] = text.split('=');
  if (to === undefined || rest.length > 0) {
    throw new TesseraError(
      'usage',
      `--replace takes ID=ID, and "${text}" is not that.`,
      'Write the old ids first, such as 17=42 or 17,18=42.',
    );
  }
  const ids = from.split(',').map((id) => parseId('--replace', id));
  return { kind: 'replace', from: ids, to: parseId('--replace', to) };
}

function parseId(option: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new TesseraError(
    'usage',
    `${option} takes the id of a code, and "${text}" is not one.`,
    'Ids are whole numbers from 0 up.',
  );
}

import { TesseraError } from '../../../core/ipc/errors.ts';

/** A block of cells, both ends included; null means every cell. */
export type Cells = {
  readonly rows: readonly [number, number];
  readonly columns: readonly [number, number];
} | null;

/** One change of a token file; they apply in the order of the command line. */
export type TokenEdit =
  | { readonly kind: 'set'; readonly cells: Cells; readonly id: number }
  | { readonly kind: 'replace'; readonly from: number; readonly to: number }
  | { readonly kind: 'erase' | 'pin' | 'unpin'; readonly cells: Cells };

const CELLS_HINT = 'Write ROW,COLUMN such as 3,5, a block such as 2-4,0-7, or all.';

/** Reads `3,5`, `2-4,0-7` or `all`. Rows and columns count from 0 at the top left. */
export function parseCells(option: string, text: string): Cells {
  if (text === 'all') return null;
  const match = /^(\d{1,6})(?:-(\d{1,6}))?,(\d{1,6})(?:-(\d{1,6}))?$/.exec(text);
  if (!match) {
    throw new TesseraError('usage', `${option} takes cells, and "${text}" names none.`, CELLS_HINT);
  }
  const [, top = '', bottom = top, left = '', right = left] = match;
  const cells = {
    rows: [Number(top), Number(bottom)],
    columns: [Number(left), Number(right)],
  } as const;
  if (cells.rows[0] <= cells.rows[1] && cells.columns[0] <= cells.columns[1]) return cells;
  throw new TesseraError('usage', `The block "${text}" in ${option} ends before it starts.`, CELLS_HINT);
}

/** Reads `3,5=17`. */
export function parseSet(text: string): TokenEdit {
  const [cells = '', id, ...rest] = text.split('=');
  if (id === undefined || rest.length > 0) {
    throw new TesseraError('usage', `--set takes ROW,COLUMN=ID, and "${text}" is not that.`, CELLS_HINT);
  }
  return { kind: 'set', cells: parseCells('--set', cells), id: parseId('--set', id) };
}

/** Reads `17=42`. */
export function parseReplace(text: string): TokenEdit {
  const [from = '', to, ...rest] = text.split('=');
  if (to === undefined || rest.length > 0) {
    throw new TesseraError(
      'usage',
      `--replace takes ID=ID, and "${text}" is not that.`,
      'Write the old id first, such as 17=42.',
    );
  }
  return { kind: 'replace', from: parseId('--replace', from), to: parseId('--replace', to) };
}

function parseId(option: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new TesseraError(
    'usage',
    `${option} takes the id of a code, and "${text}" is not one.`,
    'Ids are whole numbers from 0 up.',
  );
}

import { TesseraError } from '../base/errors.ts';

/** Marks a missing token. Denoiser packages have their own id for it; only the runtime translates. */
export const MASK = -1;

/** The tokens of a frame, row-major; each id is a codebook entry or {@link MASK}. */
export interface TokenGrid {
  readonly width: number; // tokens
  readonly height: number; // tokens
  readonly ids: Int32Array; // [height * width]
}

/** A grid of its own with the given ids, or with every token missing. */
export function createGrid(width: number, height: number, ids?: ArrayLike<number>): TokenGrid {
  const cells = width * height;
  if (ids === undefined) return { width, height, ids: new Int32Array(cells).fill(MASK) };
  if (ids.length !== cells) {
    throw new TesseraError('input', `A grid of ${width} x ${height} has ${cells} tokens, not ${ids.length}.`);
  }
  return { width, height, ids: Int32Array.from(ids) };
}

/** A copy that shares nothing. */
export function cloneGrid({ width, height, ids }: TokenGrid): TokenGrid {
  return { width, height, ids: ids.slice() };
}

/** `ids` with those that are missing taken from `known`, so that the grid can be decoded. */
export function withGapsFilled(known: TokenGrid, ids: Int32Array): TokenGrid {
  return { ...known, ids: ids.map((id, cell) => (id === MASK ? known.ids[cell]! : id)) };
}

/** The cells without a token, flat and ascending. */
export function missingCells({ ids }: TokenGrid): Int32Array {
  let count = 0;
  const cells = new Int32Array(ids.length);
  for (let cell = 0; cell < ids.length; cell++) if (ids[cell] === MASK) cells[count++] = cell;
  return cells.slice(0, count);
}

/** Throws an 'input' error where a token is neither missing nor one of the codes 0 .. codes - 1. */
export function checkIds({ width, ids }: TokenGrid, codes: number): void {
  const cell = ids.findIndex((id) => id !== MASK && (id < 0 || id >= codes));
  if (cell < 0) return;
  const place = `row ${Math.floor(cell / width)}, column ${cell % width}`;
  throw new TesseraError(
    'input',
    `The token at ${place} is ${ids[cell]!}, and this package has the codes 0 to ${codes - 1}.`,
    'Use the package that the tokens were made with.',
  );
}

import { TesseraError } from '../../../core/base/errors.ts';

const BLOCK = 32;

/** [rows, columns] to [columns, rows]. @throws TesseraError 'input' if the values are not so many */
export function transposed(values: Float32Array, rows: number, columns: number): Float32Array {
  if (values.length !== rows * columns) {
    throw new TesseraError(
      'input',
      `A matrix of the checkpoint has ${values.length} numbers where ${rows} x ${columns} are needed.`,
      'Tessera does not know this variant of the model.',
    );
  }
  const out = new Float32Array(values.length);
  // In squares, so that both sides stay in the cache.
  for (let top = 0; top < rows; top += BLOCK) {
    for (let left = 0; left < columns; left += BLOCK) {
      const bottom = Math.min(top + BLOCK, rows);
      const right = Math.min(left + BLOCK, columns);
      for (let row = top; row < bottom; row++) {
        for (let column = left; column < right; column++)
          out[column * rows + row] = values[row * columns + column]!;
      }
    }
  }
  return out;
}

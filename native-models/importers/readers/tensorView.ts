import { type Abort, throwIfAborted } from '../../../core/base/abort.ts';
import type { TensorDtype } from '../tensor.ts';
import { broken, type ByteFile } from './byteFile.ts';
import { ELEMENT_BYTES, integerReader, numberReader } from './dtypes.ts';

/** A tensor as a view of a run of elements in a file; strides and offset are in elements. */
export interface TensorView {
  readonly dtype: TensorDtype;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
  /** How many elements the run has, and whether they are little-endian. */
  readonly run: { readonly elements: number; readonly little: boolean };
}

const MOST_DIMENSIONS = 16;
const CHUNK = 4 * 2 ** 20; // elements that are converted at a time
const SMALL = 2 ** 20; // elements; so many may be repeated by a stride of zero

export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Strides of a tensor without gaps, in elements. */
export function rowMajor(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  for (let i = shape.length - 1, step = 1; i >= 0; step *= shape[i]!, i--) strides[i] = step;
  return strides;
}

/** @returns what is wrong with a view as the end of a sentence, or null if all of it lies within its run */
export function viewProblem({ shape, strides, offset, run }: TensorView): string | null {
  if (shape.length > MOST_DIMENSIONS || shape.length !== strides.length) return 'has a shape that cannot be';
  if (![...shape, ...strides, offset].every((n) => Number.isSafeInteger(n) && n >= 0))
    return 'has a shape that cannot be';
  const count = elementCount(shape);
  if (count === 0) return null;
  const last = lastElement({ shape, strides, offset });
  if (!Number.isSafeInteger(last) || last >= run.elements) return 'lies outside of its data';
  if (count > run.elements && count > SMALL) return 'is far larger than its data';
  return null;
}

function lastElement({ shape, strides, offset }: Pick<TensorView, 'shape' | 'strides' | 'offset'>): number {
  return shape.reduce((sum, size, i) => sum + (size - 1) * strides[i]!, offset);
}

/** The numbers of a checked view whose run begins at byte `start`, in row-major order. */
export async function readView(
  file: ByteFile,
  start: number,
  view: TensorView,
  signal?: Abort,
): Promise<Float32Array> {
  const out = new Float32Array(elementCount(view.shape));
  const read = numberReader(view.dtype, view.run.little);
  await eachElement(file, start, view, signal, (data, from, to) => {
    out[to] = read(data, from);
  });
  return out;
}

/** The same for whole numbers. */
export async function readIntegerView(
  file: ByteFile,
  start: number,
  view: TensorView,
  signal?: Abort,
): Promise<BigInt64Array> {
  const out = new BigInt64Array(elementCount(view.shape));
  const read = integerReader(view.dtype, view.run.little);
  await eachElement(file, start, view, signal, (data, from, to) => {
    out[to] = BigInt(read(data, from));
  });
  return out;
}

/** Visits the elements in row-major order: `from` is the place in `data`, `to` the place in the tensor. */
async function eachElement(
  file: ByteFile,
  start: number,
  view: TensorView,
  signal: Abort | undefined,
  visit: (data: DataView, from: number, to: number) => void,
): Promise<void> {
  const count = elementCount(view.shape);
  if (count === 0) return;
  const size = ELEMENT_BYTES[view.dtype];
  const load = async (first: number, elements: number): Promise<DataView> => {
    throwIfAborted(signal);
    const bytes = await file.read(start + first * size, elements * size);
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  };
  if (isRowMajor(view)) {
    for (let done = 0; done < count; done += CHUNK) {
      const length = Math.min(CHUNK, count - done);
      const data = await load(view.offset + done, length);
      for (let i = 0; i < length; i++) visit(data, i, done + i);
    }
    return;
  }
  const span = lastElement(view) - view.offset + 1;
  if (span > 4 * count + SMALL)
    throw broken(file.path, 'a tensor is scattered over far more data than it has');
  walk(view, await load(view.offset, span), visit);
}

function isRowMajor({ shape, strides }: TensorView): boolean {
  const dense = rowMajor(shape);
  return shape.every((size, i) => size === 1 || strides[i] === dense[i]);
}

function walk(
  { shape, strides }: TensorView,
  data: DataView,
  visit: (data: DataView, from: number, to: number) => void,
): void {
  const index = new Array<number>(shape.length).fill(0);
  const count = elementCount(shape);
  for (let to = 0, from = 0; to < count; to++) {
    visit(data, from, to);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      from -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
}

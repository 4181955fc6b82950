import { TesseraError } from '../../core/base/errors.ts';
import { MASK } from '../../core/tokens/grid.ts';
import type { TokenGrid } from '../../core/tokens/grid.ts';

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]; // "\x93NUMPY"
const ALIGN = 64; // the data starts at a multiple of it
const MAX_ID = 0x7fffffff;

/** How a sample of each supported dtype is read. */
const DTYPES: Readonly<Record<string, { bytes: number; read: (view: DataView, at: number) => number }>> = {
  '<i4': { bytes: 4, read: (view, at) => view.getInt32(at, true) },
  '<i8': { bytes: 8, read: (view, at) => Number(view.getBigInt64(at, true)) },
  '<u2': { bytes: 2, read: (view, at) => view.getUint16(at, true) },
};

/** Whether these are the first bytes of an NPY file. */
export function isNpy(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, i) => bytes[i] === byte);
}

/**
 * Token ids from a NumPy array file (NEP 1, versions 1.0 to 3.0): 2-D, C order, int32, int64 or uint16; -1 is a
 * missing token.
 * @param name how messages call the file
 * @throws TesseraError 'input' saying what does not fit
 */
export function parseNpy(bytes: Uint8Array, name: string): TokenGrid {
  const fail = (message: string, hint?: string) => new TesseraError('input', `${name} ${message}`, hint);
  if (!isNpy(bytes) || bytes.length < 12) throw fail('is not a NumPy array file.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = bytes[6]! >= 2; // from version 2.0 on the header's length has 32 bits
  if (bytes[6]! < 1 || bytes[6]! > 3) throw fail(`is of the unknown NPY version ${bytes[6]!}.`);
  const start = wide ? 12 : 10;
  const end = start + (wide ? view.getUint32(8, true) : view.getUint16(8, true));
  if (end > bytes.length) throw fail('is cut off.');
  const header = parseHeader(String.fromCharCode(...bytes.subarray(start, Math.min(end, start + 4096))));
  if (header === undefined) throw fail('has a header that is no NumPy array description.');

  const dtype = DTYPES[header.descr];
  const { shape } = header;
  if (dtype === undefined) {
    throw fail(`has the dtype ${header.descr}.`, 'Save it as int32, int64 or uint16: array.astype("<i4").');
  }
  if (header.fortran)
    throw fail('is in Fortran order.', 'Save it in C order: numpy.ascontiguousarray(array).');
  if (shape.length !== 2 || shape.includes(0)) {
    throw fail(`has the shape (${shape.join(', ')}).`, 'Tokens are a 2-D array: rows, columns.');
  }
  const [height, width] = shape as [number, number];
  if (bytes.length - end !== height * width * dtype.bytes) {
    throw fail(
      `holds ${bytes.length - end} bytes of ids where its shape (${height}, ${width}) needs ${height * width * dtype.bytes}.`,
    );
  }
  const ids = new Int32Array(height * width);
  for (let i = 0, at = end; i < ids.length; i++, at += dtype.bytes) {
    const id = dtype.read(view, at);
    if (id < MASK || id > MAX_ID)
      throw fail(`holds ${id}, which is no token id.`, 'Ids are from 0; -1 is a missing token.');
    ids[i] = id;
  }
  return { width, height, ids };
}

/** A NumPy array file, version 1.0: int32, C order, rows by columns; a missing token is -1. */
export function formatNpy({ width, height, ids }: TokenGrid): Uint8Array {
  return formatArray('<i4', [height, width], ids.length, (view, at, i) => {
    view.setInt32(at, ids[i]!, true);
  });
}

/** A NumPy array file, version 1.0: float32, C order. */
export function formatFloatNpy(shape: readonly number[], values: Float32Array): Uint8Array {
  return formatArray('<f4', shape, values.length, (view, at, i) => {
    view.setFloat32(at, values[i]!, true);
  });
}

/** The bytes of an array of 4 byte samples. */
function formatArray(
  descr: string,
  shape: readonly number[],
  count: number,
  write: (view: DataView, at: number, i: number) => void,
): Uint8Array {
  const dict = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape.join(', ')}), }`;
  const length = Math.ceil((10 + dict.length + 1) / ALIGN) * ALIGN;
  const out = new Uint8Array(length + count * 4);
  const view = new DataView(out.buffer);
  out.set([...MAGIC, 1, 0]);
  view.setUint16(8, length - 10, true);
  const text = dict.padEnd(length - 11) + '\n';
  for (let i = 0; i < text.length; i++) out[10 + i] = text.charCodeAt(i);
  for (let i = 0; i < count; i++) write(view, length + i * 4, i);
  return out;
}

/** The Python dict literal of the header; its keys come in any order. */
function parseHeader(text: string): { descr: string; fortran: boolean; shape: number[] } | undefined {
  const descr = /['"]descr['"]\s*:\s*['"]([^'"]+)['"]/.exec(text)?.[1];
  const order = /['"]fortran_order['"]\s*:\s*(True|False)/.exec(text)?.[1];
  const shape = /['"]shape['"]\s*:\s*\(([\d\s,]*)\)/.exec(text)?.[1];
  if (descr === undefined || order === undefined || shape === undefined) return undefined;
  const sizes = shape.split(',').filter((part) => part.trim() !== '');
  return { descr, fortran: order === 'True', shape: sizes.map(Number) };
}

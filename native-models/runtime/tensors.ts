import { type OnnxValue, Tensor } from './onnxruntime.ts';
import { misfit } from './contract.ts';
import { endianness } from 'node:os';

/** A float32 tensor over `data`, which is not copied. */
export function floats(data: Float32Array, dims: readonly number[]): Tensor {
  return new Tensor('float32', data, dims);
}

/** An int64 tensor of ids, none negative. */
export function ids(data: Int32Array, dims: readonly number[]): Tensor {
  return new Tensor('int64', toInt64(data), dims);
}

/** The float32 output `output` of `model`, which must have the shape `dims`. */
export function floatsOf(
  model: string,
  output: string,
  value: OnnxValue | undefined,
  dims: readonly number[],
): Float32Array {
  const tensor = shaped(model, output, value, dims);
  if (tensor.data instanceof Float32Array) return tensor.data;
  throw misfit(model, `its output "${output}" is ${tensor.type} where float32 is expected`);
}

/** The int64 output `output` of `model`, which must have the shape `dims` and hold ids from 0 to `codes - 1`. */
export function idsOf(
  model: string,
  output: string,
  value: OnnxValue | undefined,
  dims: readonly number[],
  codes: number,
): Int32Array {
  const tensor = shaped(model, output, value, dims);
  if (!(tensor.data instanceof BigInt64Array)) {
    throw misfit(model, `its output "${output}" is ${tensor.type} where int64 is expected`);
  }
  const found = fromInt64(tensor.data);
  for (let i = 0; i < found.length; i++) {
    if (found[i]! < 0 || found[i]! >= codes) {
      throw misfit(model, `it gives code ${found[i]!} and the codebook has ${codes} codes`);
    }
  }
  return found;
}

function shaped(
  model: string,
  output: string,
  value: OnnxValue | undefined,
  dims: readonly number[],
): Tensor {
  if (!(value instanceof Tensor)) throw misfit(model, `it gives no "${output}"`);
  if (value.dims.length === dims.length && value.dims.every((size, i) => size === dims[i])) return value;
  throw misfit(
    model,
    `its output "${output}" has the shape [${value.dims.join(', ')}] where [${dims.join(', ')}] is expected`,
  );
}

// ORT's ids are int64. Writing and reading their low words through an Int32Array avoids one BigInt per element;
// every platform of onnxruntime-node is little endian, and this says so if one ever is not.
if (endianness() !== 'LE') throw new Error('Tessera needs a little-endian machine.');

/** Ids as int64; none may be negative, so the high words stay 0. */
export function toInt64(ids: Int32Array): BigInt64Array<ArrayBuffer> {
  const wide = new BigInt64Array(ids.length);
  const words = new Int32Array(wide.buffer);
  for (let i = 0; i < ids.length; i++) words[2 * i] = ids[i]!;
  return wide;
}

/** The low words of int64 ids; callers check the range of what they get. */
export function fromInt64(wide: BigInt64Array): Int32Array {
  const words = new Int32Array(wide.buffer, wide.byteOffset, wide.length * 2);
  const ids = new Int32Array(wide.length);
  for (let i = 0; i < ids.length; i++) ids[i] = words[2 * i]!;
  return ids;
}

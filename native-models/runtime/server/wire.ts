import { z } from 'zod';
import { parsePlainJson } from '../../../core/base/json.ts';
import { type OnnxValue, Tensor } from '../onnxruntime.ts';
import type { Message, Reply } from './connection.ts';

// Requests and answers of the Open Inference Protocol, version 2, over REST, with its extension for binary tensors:
// https://github.com/kserve/open-inference-protocol (specification/protocol/inference_rest.md) and Triton's
// docs/protocol/extension_binary_data.md.

/** Types of tensors that our models have, by their names on the wire. */
const TYPES = { FP32: 'float32', INT64: 'int64' } as const;
type WireType = keyof typeof TYPES;

const HEADER = 'inference-header-content-length';

/** More numbers than any of our tensors has. */
const MOST_NUMBERS = 2 ** 27;

const size = z.int().min(-1).max(MOST_NUMBERS);
const described = z.array(z.object({ name: z.string(), datatype: z.string(), shape: z.array(size).max(8) }));
const modelSchema = z.object({ name: z.string(), inputs: described, outputs: described });
const serverSchema = z.object({ extensions: z.array(z.string()).optional() });
const answerSchema = z.object({
  outputs: z.array(
    z.object({
      name: z.string(),
      datatype: z.string(),
      shape: z.array(z.int().min(0).max(MOST_NUMBERS)).max(8),
      parameters: z.object({ binary_data_size: z.int().min(0).optional() }).optional(),
      data: z.array(z.unknown()).optional(),
    }),
  ),
});

/** What a server says of a model: names, types as ONNX Runtime calls them, shapes with -1 where any size fits. */
export type ModelDescription = z.infer<typeof modelSchema>;

/** What a server says of a model. @throws Error where it is none of that */
export function readModel(reply: Reply): ModelDescription {
  return modelSchema.parse(jsonOf(reply.body));
}

/** Whether a server takes and gives tensors as bytes. */
export function takesBinary(reply: Reply): boolean {
  return serverSchema.parse(jsonOf(reply.body)).extensions?.includes('binary_tensor_data') ?? false;
}

/** The type of a tensor as ONNX Runtime calls it; that of the wire where our models have no such. */
export function typeOf(datatype: string): string {
  return datatype in TYPES ? TYPES[datatype as WireType] : datatype;
}

/** A request to run a model. */
export function inferMessage(
  model: string,
  feeds: Readonly<Record<string, Tensor>>,
  outputs: readonly string[],
  binary: boolean,
): Message {
  const path = `v2/models/${encodeURIComponent(model)}/infer`;
  const inputs = Object.entries(feeds).map(([name, tensor]) => ({ name, tensor, bytes: bytesOf(tensor) }));
  const json = Buffer.from(
    JSON.stringify({
      inputs: inputs.map(({ name, tensor, bytes }) => ({
        name,
        shape: tensor.dims,
        datatype: tensor.type === 'int64' ? 'INT64' : 'FP32',
        ...(binary ? { parameters: { binary_data_size: bytes.length } } : { data: numbersOf(tensor) }),
      })),
      outputs: outputs.map((name) => ({ name, ...(binary && { parameters: { binary_data: true } }) })),
    }),
  );
  if (!binary) return { path, headers: { 'content-type': 'application/json' }, body: json };
  return {
    path,
    headers: { 'content-type': 'application/octet-stream', [HEADER]: `${json.length}` },
    body: Buffer.concat([json, ...inputs.map(({ bytes }) => bytes)]),
  };
}

/** The tensors of an answer. @throws Error where it is not one, whole and of the sizes that it tells */
export function readAnswer({ headers, body }: Reply): Record<string, OnnxValue> {
  const told = headers[HEADER];
  const length = told === undefined ? body.length : Number(told);
  if (!Number.isInteger(length) || length < 0 || length > body.length) throw new Error('a wrong length');
  const { outputs } = answerSchema.parse(jsonOf(body.subarray(0, length)));
  const found: Record<string, OnnxValue> = {};
  let at = length;
  for (const { name, datatype, shape, parameters, data } of outputs) {
    const count = shape.reduce((product, each) => product * each, 1);
    if (!(datatype in TYPES) || count > MOST_NUMBERS) throw new Error('a tensor that we do not read');
    const type = datatype as WireType;
    const bytes = parameters?.binary_data_size;
    if (bytes === undefined) {
      found[name] = tensorOf(type, data ?? [], shape, count);
      continue;
    }
    if (bytes !== count * (type === 'FP32' ? 4 : 8) || at + bytes > body.length)
      throw new Error('a wrong size');
    const own = Uint8Array.prototype.slice.call(body, at, at + bytes); // its own buffer, so aligned
    at += bytes;
    found[name] =
      type === 'FP32'
        ? new Tensor('float32', new Float32Array(own.buffer), shape)
        : new Tensor('int64', new BigInt64Array(own.buffer), shape);
  }
  return found;
}

function jsonOf(bytes: Uint8Array): unknown {
  return parsePlainJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
}

function bytesOf({ data }: Tensor): Buffer {
  const { buffer, byteOffset, byteLength } = data as Float32Array | BigInt64Array;
  return Buffer.from(buffer, byteOffset, byteLength);
}

function numbersOf({ data }: Tensor): number[] {
  return Array.from(data as Float32Array | BigInt64Array, Number);
}

/** A tensor of numbers as JSON has them, nested or in a row. */
function tensorOf(type: WireType, data: readonly unknown[], shape: readonly number[], count: number): Tensor {
  const flat: unknown[] = data.flat(Infinity);
  const numbers = flat.filter((value) => typeof value === 'number');
  if (flat.length !== count || numbers.length !== count) throw new Error('wrong numbers');
  if (type === 'FP32') return new Tensor('float32', Float32Array.from(numbers), shape);
  if (!numbers.every(Number.isSafeInteger)) throw new Error('no whole numbers');
  return new Tensor('int64', BigInt64Array.from(numbers, BigInt), shape);
}

import { z } from 'zod';
import { parsePlainJson } from '../../../core/base/json.ts';
import type { TensorDtype } from '../tensor.ts';
import { broken, shown, type ByteFile } from './byteFile.ts';
import { ELEMENT_BYTES } from './dtypes.ts';
import { type Contents, type Listed, type Placed, unreadTensor } from './fileCheckpoint.ts';
import { elementCount, rowMajor, viewProblem } from './tensorView.ts';

const LARGEST_HEADER = 100_000_000; // bytes, as the reference implementation has it
const MOST_TENSORS = 100_000;

const DTYPES: Readonly<Record<string, TensorDtype>> = {
  BOOL: 'bool',
  U8: 'uint8',
  I8: 'int8',
  I16: 'int16',
  I32: 'int32',
  I64: 'int64',
  F16: 'float16',
  BF16: 'bfloat16',
  F32: 'float32',
  F64: 'float64',
};

/** Types that are named and not read, with the bytes of an element. */
const UNREAD: Readonly<Record<string, number>> = {
  F8_E4M3: 1,
  F8_E5M2: 1,
  F8_E8M0: 1,
  U16: 2,
  U32: 4,
  U64: 8,
  C64: 8,
};

const size = z.number().int().min(0);
const tensorSchema = z.object({
  dtype: z.string(),
  shape: z.array(size),
  data_offsets: z.tuple([size, size]),
});

/**
 * A safetensors file: the length of a JSON header, the header, the data without holes or overlaps. A tensor that was left out since
 * another is the same is told in the notes (`__metadata__`).
 *
 * @throws TesseraError 'input' if the header lies or a tensor has a type that nobody knows
 */
export async function readSafetensors(file: ByteFile): Promise<Contents> {
  const { header, data } = await readHeader(file);
  const extras = new Map<string, unknown>();
  const tensors = new Map<string, Placed | Listed>();
  const spans: [number, number][] = [];
  for (const [name, value] of header) {
    if (name === '__metadata__') {
      const notes = z.record(z.string(), z.string()).safeParse(value);
      for (const [key, note] of Object.entries(notes.data ?? {})) extras.set(key, note);
      continue;
    }
    const { tensor, span } = tensorOf(file, name, value, data);
    tensors.set(name, tensor);
    spans.push(span);
  }
  checkSpans(file, spans, file.size - data);
  for (const [name, other] of extras) {
    const tensor = typeof other === 'string' ? tensors.get(other) : undefined;
    if (tensor && !tensors.has(name)) tensors.set(name, tensor);
  }
  return { tensors, extras, objects: new Map() };
}

async function readHeader(file: ByteFile): Promise<{ header: [string, unknown][]; data: number }> {
  const length = Number(new DataView((await file.read(0, 8)).buffer).getBigUint64(0, true));
  if (length > LARGEST_HEADER || length + 8 > file.size)
    throw broken(file.path, 'its header is longer than the file');
  const text = new TextDecoder().decode(await file.read(8, length));
  let parsed: unknown;
  try {
    parsed = parsePlainJson(text);
  } catch (cause) {
    if (cause instanceof SyntaxError) throw broken(file.path, 'its header is damaged');
    throw cause;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw broken(file.path, 'its header is damaged');
  const header = Object.entries(parsed);
  if (header.length > MOST_TENSORS) throw broken(file.path, 'it has too many tensors');
  // JSON keeps the last of two equal names; each tensor has one pair of offsets, so a second one shows.
  if (text.split('"data_offsets"').length - 1 > header.length)
    throw broken(file.path, 'it holds a name twice');
  return { header, data: 8 + length };
}

function tensorOf(
  file: ByteFile,
  name: string,
  value: unknown,
  data: number,
): { tensor: Placed | Listed; span: [number, number] } {
  const parsed = tensorSchema.safeParse(value);
  if (!parsed.success) throw broken(file.path, `its header is damaged at ${shown(name)}`);
  const { dtype: type, shape, data_offsets: span } = parsed.data;
  const dtype = Object.hasOwn(DTYPES, type) ? DTYPES[type] : undefined;
  const size = dtype ? ELEMENT_BYTES[dtype] : Object.hasOwn(UNREAD, type) ? UNREAD[type] : undefined;
  if (size === undefined) throw unreadTensor({ name, dtype: type, shape, unread: 'type' }, file.path);
  const elements = (span[1] - span[0]) / size;
  if (elementCount(shape) !== elements)
    throw broken(file.path, `the tensor ${shown(name)} has a shape that its data do not fit`);
  if (!dtype) return { tensor: { file, dtype: type, shape, unread: 'type' }, span };
  const view = { dtype, shape, strides: rowMajor(shape), offset: 0, run: { elements, little: true } };
  const problem = viewProblem(view);
  if (problem) throw broken(file.path, `the tensor ${shown(name)} ${problem}`);
  const start = (): Promise<number> => Promise.resolve(data + span[0]);
  return { tensor: { file, view, start, storage: `${span[0]}` }, span };
}

function checkSpans(file: ByteFile, spans: [number, number][], length: number): void {
  let end = 0;
  for (const [from, to] of spans.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    if (from !== end) throw broken(file.path, 'its tensors overlap or leave holes');
    end = to;
  }
  if (end !== length) throw broken(file.path, 'its data have another length than its header says');
}

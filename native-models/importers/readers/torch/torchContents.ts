import { broken, shown, type ByteFile } from '../byteFile.ts';
import { ELEMENT_BYTES } from '../dtypes.ts';
import { viewProblem, type TensorView } from '../tensorView.ts';
import type { Contents, Listed, Placed } from '../fileCheckpoint.ts';
import type { PickledTensor } from './torchWorld.ts';
import type { Tree } from './tensorsIn.ts';

/** Bytes; the largest known checkpoints have lists of 2 MiB. */
export const LARGEST_PICKLE = 64 * 2 ** 20;

/** Where a storage lies: its size, and the byte at which it begins. */
export interface StoragePlace {
  readonly bytes: number;
  readonly start: () => Promise<number>;
}

/** What a file of PyTorch's holds; every tensor has been held to the bytes that are there. */
export function torchContents(
  file: ByteFile,
  { tensors, extras, objects }: Tree,
  little: boolean,
  place: (key: string) => StoragePlace | undefined,
): Contents {
  const placed = new Map<string, Placed | Listed>();
  for (const [name, tensor] of tensors) {
    if ('unread' in tensor) {
      const { dtype, shape, unread } = tensor;
      placed.set(name, { file, dtype, shape, unread });
      continue;
    }
    const { key } = tensor.storage;
    const storage = place(key);
    if (!storage) throw broken(file.path, `the data of ${shown(name)} are missing`);
    const view = viewOf(tensor, storage.bytes, little);
    const problem = viewProblem(view) ?? storageProblem(tensor, storage.bytes);
    if (problem) throw broken(file.path, `the tensor ${shown(name)} ${problem}`);
    placed.set(name, { file, view, start: () => storage.start(), storage: key });
  }
  return { tensors: placed, extras, objects };
}

function viewOf(tensor: PickledTensor, bytes: number, little: boolean): TensorView {
  const { dtype, shape, strides, storage } = tensor;
  const elements = Math.floor(bytes / ELEMENT_BYTES[dtype]);
  return { dtype, shape, strides, offset: tensor.offset + storage.viewOffset, run: { elements, little } };
}

/** A storage whose size the list and the data tell differently is a lie or damage. */
function storageProblem({ storage, dtype }: PickledTensor, bytes: number): string | null {
  const size = storage.dtype === null ? 1 : ELEMENT_BYTES[dtype];
  return (storage.viewOffset + storage.elements) * size > bytes ? 'has less data than its file says' : null;
}

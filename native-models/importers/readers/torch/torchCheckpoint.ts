import type { Checkpoint } from '../../tensor.ts';
import { broken, shown, type ByteFile } from '../byteFile.ts';
import { ELEMENT_BYTES } from '../dtypes.ts';
import { viewProblem, type TensorView } from '../tensorView.ts';
import { fileCheckpoint, type Placed } from '../fileCheckpoint.ts';
import type { PickledTensor } from './torchWorld.ts';
import type { Weights } from './weightsIn.ts';

/** Bytes; the largest known checkpoints have lists of 2 MiB. */
export const LARGEST_PICKLE = 64 * 2 ** 20;

/** Where a storage lies: its size, and the byte at which it begins. */
export interface StoragePlace {
  readonly bytes: number;
  readonly start: () => Promise<number>;
}

/** A checkpoint of PyTorch's whose every tensor has been held to the bytes that are there. */
export function torchCheckpoint(
  file: ByteFile,
  { tensors, extras }: Weights,
  little: boolean,
  place: (key: string) => StoragePlace | undefined,
): Checkpoint {
  const placed = new Map<string, Placed>();
  for (const [name, tensor] of tensors) {
    const storage = place(tensor.storage.key);
    if (!storage) throw broken(file.path, `the data of ${shown(name)} are missing`);
    const view = viewOf(tensor, storage.bytes, little);
    const problem = viewProblem(view) ?? storageProblem(tensor, storage.bytes);
    if (problem) throw broken(file.path, `the tensor ${shown(name)} ${problem}`);
    placed.set(name, { file, view, start: () => storage.start() });
  }
  return fileCheckpoint([file], placed, extras);
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

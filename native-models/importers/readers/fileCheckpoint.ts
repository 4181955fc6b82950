import { TesseraError } from '../../../core/base/errors.ts';
import type { Checkpoint, TensorInfo, Unread } from '../tensor.ts';
import { shown, type ByteFile } from './byteFile.ts';
import { isInteger } from './dtypes.ts';
import { readIntegerView, readView, type TensorView } from './tensorView.ts';

/** A checked tensor and where its run of elements begins. */
export interface Placed {
  readonly file: ByteFile;
  readonly view: TensorView;
  readonly start: () => Promise<number>;
  readonly storage: string; // of several tensors that share numbers, the same
}

/** A tensor that a file lists and whose numbers cannot be had. */
export interface Listed {
  readonly file: ByteFile;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly unread: Unread;
}

/** What a file holds, before it is a checkpoint. */
export interface Contents {
  readonly tensors: ReadonlyMap<string, Placed | Listed>;
  readonly extras: ReadonlyMap<string, unknown>;
  readonly objects: ReadonlyMap<string, string>;
}

/** A checkpoint over open files, which it closes. */
export function fileCheckpoint(
  files: readonly ByteFile[],
  { tensors, extras, objects }: Contents,
): Checkpoint {
  const find = (name: string): Placed => {
    const tensor = tensors.get(name);
    if (!tensor) throw new TesseraError('input', `${files[0]!.path} holds no tensor ${shown(name)}.`);
    if ('view' in tensor) return tensor;
    throw unreadTensor(infoOf(name, tensor), tensor.file.path);
  };
  return {
    tensors: new Map([...tensors].map(([name, tensor]) => [name, infoOf(name, tensor)])),
    extras,
    objects,
    identity(name) {
      const tensor = tensors.get(name);
      if (!tensor || !('view' in tensor)) return name;
      const { file, storage, view } = tensor;
      return JSON.stringify([files.indexOf(file), storage, view.offset, view.shape, view.strides]);
    },
    async read(name, signal) {
      const { file, view, start } = find(name);
      return readView(file, await start(), view, signal);
    },
    async readIntegers(name, signal) {
      const { file, view, start } = find(name);
      if (!isInteger(view.dtype))
        throw new TesseraError('input', `The tensor ${shown(name)} of ${file.path} holds fractions.`);
      return readIntegerView(file, await start(), view, signal);
    },
    async close() {
      for (const file of files) await file.close();
    },
  };
}

function infoOf(name: string, tensor: Placed | Listed): TensorInfo {
  if ('view' in tensor) return { name, dtype: tensor.view.dtype, shape: tensor.view.shape };
  return { name, dtype: tensor.dtype, shape: tensor.shape, unread: tensor.unread };
}

const SHARDED = /* @wc-ignore */ 'DTensor'; // what each process of a sharded training has

/** Why the numbers of a tensor cannot be had. */
export function unreadTensor({ name, dtype, unread }: TensorInfo, path: string): TesseraError {
  if (unread === 'meta') {
    return new TesseraError(
      'input',
      `The tensor ${shown(name)} of ${path} was saved without its numbers (device "meta").`,
      'Save the model again once its weights are loaded.',
    );
  }
  return new TesseraError(
    'input',
    `The tensor ${shown(name)} of ${path} is of the type ${shown(dtype)}, which Tessera does not read.`,
    dtype === SHARDED
      ? 'Save the whole weights from one process (full_state_dict=True).'
      : 'Choose a file with weights of 16 or 32 bits.',
  );
}

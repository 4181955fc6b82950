import { TesseraError } from '../../../core/base/errors.ts';
import type { Checkpoint } from '../tensor.ts';
import { shown, type ByteFile } from './byteFile.ts';
import { isInteger } from './dtypes.ts';
import { readIntegerView, readView, type TensorView } from './tensorView.ts';

/** A checked tensor and where its run of elements begins. */
export interface Placed {
  readonly file: ByteFile;
  readonly view: TensorView;
  readonly start: () => Promise<number>;
}

/** A checkpoint over open files, which it closes. */
export function fileCheckpoint(
  files: readonly ByteFile[],
  placed: ReadonlyMap<string, Placed>,
  extras: ReadonlyMap<string, unknown>,
): Checkpoint {
  const find = (name: string): Placed => {
    const tensor = placed.get(name);
    if (tensor) return tensor;
    throw new TesseraError('input', `${files[0]!.path} holds no tensor ${shown(name)}.`);
  };
  return {
    tensors: new Map(
      [...placed].map(([name, { view }]) => [name, { name, dtype: view.dtype, shape: view.shape }]),
    ),
    extras,
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

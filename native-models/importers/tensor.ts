/** Element types that checkpoints hold and Tessera reads. */
export type TensorDtype =
  'float32' | 'float16' | 'bfloat16' | 'float64' | 'int64' | 'int32' | 'int16' | 'int8' | 'uint8' | 'bool';

/** A tensor as its file describes it, before any number is read. */
export interface TensorInfo {
  readonly name: string;
  readonly dtype: string; // a TensorDtype, or another type that is named and not read
  readonly shape: readonly number[];
  readonly unread?: Unread; // why its numbers cannot be had
}

/** Its type is none that we read, or it was saved without numbers (PyTorch's device "meta"). */
export type Unread = 'type' | 'meta';

/** The weights of a published model, open for reading one tensor at a time. */
export interface Checkpoint {
  readonly tensors: ReadonlyMap<string, TensorInfo>;
  /** Plain numbers, texts and truth values that lay beside the weights. */
  readonly extras: ReadonlyMap<string, unknown>;
  /** The classes of Python objects that are not read, by where they lay, such as `ema`. */
  readonly objects: ReadonlyMap<string, string>;
  /** Equal for two tensors that are the same numbers of the file, as tied weights are. */
  identity(name: string): string;
  /**
   * @returns the tensor's numbers in row-major order, whatever its dtype
   * @throws TesseraError 'input' if there is no such tensor, it cannot be read or its file has changed, 'aborted'
   */
  read(name: string, signal?: AbortSignal): Promise<Float32Array>;
  /**
   * The same for whole numbers, none of them rounded.
   *
   * @throws TesseraError 'input' also if the tensor holds fractions
   */
  readIntegers(name: string, signal?: AbortSignal): Promise<BigInt64Array>;
  close(): Promise<void>;
}

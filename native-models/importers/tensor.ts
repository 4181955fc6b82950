/** Element types that checkpoints hold and Tessera reads. */
export type TensorDtype =
  'float32' | 'float16' | 'bfloat16' | 'float64' | 'int64' | 'int32' | 'int16' | 'int8' | 'uint8' | 'bool';

/** A tensor as its file describes it, before any number is read. */
export interface TensorInfo {
  readonly name: string;
  readonly dtype: TensorDtype;
  readonly shape: readonly number[];
}

/** The weights of a published model, open for reading one tensor at a time. */
export interface Checkpoint {
  readonly tensors: ReadonlyMap<string, TensorInfo>;
  /** Plain numbers, texts and truth values that lay beside the weights. */
  readonly extras: ReadonlyMap<string, unknown>;
  /**
   * @returns the tensor's numbers in row-major order, whatever its dtype
   * @throws TesseraError 'input' if there is no such tensor or its file has changed, 'aborted'
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

import { TesseraError } from '../../core/base/errors.ts';
import type { Checkpoint } from './tensor.ts';

/** The tensors of one part of a model, by their names without the part's prefix; each is read when it is asked for. */
export interface PartWeights {
  has(name: string): boolean;
  /** @throws TesseraError 'input' if there is no such tensor */
  shape(name: string): readonly number[];
  /** All numbers of a tensor, row-major. @throws TesseraError 'input' for another shape than the one given, 'aborted' */
  read(name: string, shape?: readonly number[]): Promise<Float32Array>;
}

/** The shapes of a part's tensors, by their names without its prefix. */
export function partShapes({ tensors }: Checkpoint, prefix: string): Map<string, readonly number[]> {
  const own = [...tensors].filter(([name]) => name.startsWith(prefix));
  return new Map(own.map(([name, { shape }]) => [name.slice(prefix.length), shape]));
}

/**
 * @param onRead told the numbers of each tensor that was read
 */
export function partWeights(
  checkpoint: Checkpoint,
  prefix: string,
  { signal, onRead }: { readonly signal?: AbortSignal; readonly onRead?: (values: number) => void } = {},
): PartWeights {
  function shapeOf(name: string): readonly number[] {
    const info = checkpoint.tensors.get(prefix + name);
    if (info) return info.shape;
    throw new TesseraError(
      'input',
      `The checkpoint lacks ${prefix + name}, which its kind of model has.`,
      'Download it again, or choose another.',
    );
  }
  return {
    has: (name) => checkpoint.tensors.has(prefix + name),
    shape: shapeOf,
    async read(name, shape) {
      const found = shapeOf(name);
      if (shape && (found.length !== shape.length || found.some((size, i) => size !== shape[i]))) {
        throw new TesseraError(
          'input',
          `The checkpoint's ${prefix + name} is [${found.join(', ')}] where [${shape.join(', ')}] is needed.`,
          'Tessera does not know this variant of the model.',
        );
      }
      const { dtype = '' } = checkpoint.tensors.get(prefix + name) ?? {};
      if (!dtype.includes('float')) {
        throw new TesseraError(
          'input',
          `The checkpoint's ${prefix + name} holds whole numbers (${dtype}), as quantised weights do.`,
          'Choose a file with weights of 16 or 32 bits.',
        );
      }
      const values = finite(await checkpoint.read(prefix + name, signal), prefix + name);
      onRead?.(values.length);
      return values;
    },
  };
}

/** A model with one such number gives nothing but such numbers. @throws TesseraError 'input' if one is NaN or infinite */
export function finite(values: Float32Array, name: string): Float32Array {
  for (const value of values) {
    if (value - value === 0) continue;
    const what = Number.isNaN(value) ? 'NaN' : 'infinite numbers';
    throw new TesseraError(
      'input',
      `The checkpoint's ${name} holds ${what}, so its model cannot work.`,
      'Download it again, or choose one that was saved earlier in training.',
    );
  }
  return values;
}

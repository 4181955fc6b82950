import type { InferenceSession } from './onnxruntime.ts';
import { TesseraError } from '../../core/base/errors.ts';

/** One dimension: a fixed size, `free` (the model must take any size), or `any` (we do not mind). */
type Dimension = number | 'free' | 'any';

/** What we expect of one input or output of a model. */
export interface TensorContract {
  readonly name: string;
  readonly type: 'float32' | 'int64';
  /** All dimensions, or only the last one where the rank may differ. */
  readonly shape: readonly Dimension[] | { readonly last: number };
  readonly optional?: boolean;
}

/** What we expect of a model. Further outputs are ignored; a further input could not be fed, so it is refused. */
export interface ModelContract {
  readonly inputs: readonly TensorContract[];
  readonly outputs: readonly TensorContract[];
}

/** The parts of a session that say what it takes and gives. */
export type Signature = Pick<InferenceSession, 'inputMetadata' | 'outputMetadata'>;

type Metadata = InferenceSession.ValueMetadata;

/**
 * Checks names, types, ranks and sizes as far as the graph declares them.
 *
 * @param name what messages call the model
 * @throws TesseraError 'package', one sentence about the first mismatch
 */
export function checkContract(name: string, signature: Signature, contract: ModelContract): void {
  for (const expected of contract.inputs) checkTensor(name, 'input', signature.inputMetadata, expected);
  for (const expected of contract.outputs) checkTensor(name, 'output', signature.outputMetadata, expected);
  for (const given of signature.inputMetadata) {
    if (contract.inputs.some((expected) => expected.name === given.name)) continue;
    throw misfit(name, `it wants an input "${given.name}" that this version of Tessera does not know`);
  }
}

/** Whether the model has an input or output of this name. */
export function hasTensor(metadata: readonly Metadata[], name: string): boolean {
  return metadata.some((value) => value.name === name);
}

function checkTensor(
  model: string,
  side: 'input' | 'output',
  metadata: readonly Metadata[],
  expected: TensorContract,
): void {
  const given = metadata.find((value) => value.name === expected.name);
  if (!given) {
    if (expected.optional) return;
    throw misfit(model, `it has no ${side} "${expected.name}"`);
  }
  if (given.isTensor && given.type === expected.type && shapeFits(given.shape, expected.shape)) return;
  const found = given.isTensor ? `${given.type} ${shapeText(given.shape)}` : 'not a tensor';
  throw misfit(
    model,
    `its ${side} "${expected.name}" is ${found} where ${expected.type} ${shapeText(expected.shape)} is expected`,
  );
}

function shapeFits(given: readonly (number | string)[], expected: TensorContract['shape']): boolean {
  // Graphs may leave the shape of an output open; the first run tells.
  if (given.length === 0) return true;
  if ('last' in expected) return typeof given.at(-1) !== 'number' || given.at(-1) === expected.last;
  if (given.length !== expected.length) return false;
  return given.every((size, i) => {
    const wanted = expected[i]!;
    return typeof size !== 'number' || wanted === 'any' || size === wanted;
  });
}

function shapeText(shape: readonly (number | string)[] | { readonly last: number }): string {
  if ('last' in shape) return `[…, ${shape.last}]`;
  return `[${shape.map((size) => (typeof size === 'string' && size === '' ? '?' : size)).join(', ')}]`;
}

/** The one error for a model that is not what the manifest says. */
export function misfit(model: string, what: string, cause?: unknown): TesseraError {
  return new TesseraError(
    'package',
    `${model} does not fit its manifest: ${what}.`,
    'Ask the author of the package for a corrected one.',
    { cause },
  );
}

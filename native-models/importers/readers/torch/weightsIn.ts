import { broken, shown } from '../byteFile.ts';
import { Opaque } from '../pickle/values.ts';
import { PickledTensor } from './torchWorld.ts';

/** The tensors of a file by their plain names, and the plain values beside them. */
export interface Weights {
  readonly tensors: ReadonlyMap<string, PickledTensor>;
  readonly extras: ReadonlyMap<string, unknown>;
}

/** What a tensor is called that is all that a file holds. */
export const ALONE = 'tensor';

const DEEPEST = 4;
/** Where trainers put the weights among the rest; optimizer states lie elsewhere and are never looked at. */
const PLACES = [
  'state_dict',
  'model_state_dict',
  'model',
  'module',
  'ema',
  'ema_state_dict',
  'params_ema',
  'params',
];
const AVERAGED = ['ema', 'ema_state_dict'];

/**
 * Finds the weights in what a file holds: a dictionary of tensors, or one that lies in it under a usual name. Averaged
 * weights (`ema`) beside the others take their places, since they are what the authors sample from.
 *
 * @throws TesseraError 'input' if there are none, or two tensors have one name
 */
export function weightsIn(root: unknown, path: string): Weights {
  const extras = new Map<string, unknown>();
  // A table of whole numbers, such as which codes a model uses, is a tensor by itself.
  if (root instanceof PickledTensor) return { tensors: new Map([[ALONE, root]]), extras };
  const found = find(root, extras, 0);
  if (!found) throw broken(path, whyNot(root));
  const tensors = plainNames(found.weights, path);
  if (found.averaged) overlay(tensors, plainNames(found.averaged, path));
  return { tensors, extras };
}

interface Found {
  readonly weights: ReadonlyMap<unknown, unknown>;
  readonly averaged: ReadonlyMap<unknown, unknown> | null;
}

function find(value: unknown, extras: Map<string, unknown>, depth: number): Found | null {
  if (!(value instanceof Map) || depth > DEEPEST) return null;
  const map = value as ReadonlyMap<unknown, unknown>;
  collectExtras(map, extras, '');
  if ([...map.values()].some((item) => item instanceof PickledTensor))
    return { weights: map, averaged: null };
  for (const place of PLACES) {
    const inner = find(map.get(place), extras, depth + 1);
    if (!inner) continue;
    if (AVERAGED.includes(place)) return inner;
    const averaged = AVERAGED.map((name) => find(map.get(name), new Map(), depth + 1)?.weights);
    return { weights: inner.weights, averaged: inner.averaged ?? averaged.find((item) => item) ?? null };
  }
  return null;
}

function collectExtras(
  map: ReadonlyMap<unknown, unknown>,
  extras: Map<string, unknown>,
  prefix: string,
): void {
  for (const [key, value] of map) {
    if (typeof key !== 'string') continue;
    if (['number', 'string', 'boolean'].includes(typeof value)) extras.set(prefix + key, value);
    const settings = prefix === '' && ['hyper_parameters', 'hparams', 'args', 'config'].includes(key);
    if (settings && value instanceof Map) collectExtras(value, extras, `${key}.`);
  }
}

/** Without what wrappers of PyTorch put before or into names: `module.` (parallel) and `_orig_mod.` (compiled). */
function plainNames(map: ReadonlyMap<unknown, unknown>, path: string): Map<string, PickledTensor> {
  const tensors = new Map<string, PickledTensor>();
  for (const [key, value] of map) {
    if (typeof key !== 'string' || !(value instanceof PickledTensor)) continue;
    const name = plainName(key);
    if (tensors.has(name)) throw broken(path, `it holds two tensors that are both ${shown(name)}`);
    tensors.set(name, value);
  }
  return tensors;
}

export function plainName(key: string): string {
  return key.replace(/(^|\.)(?:_orig_mod\.)+/g, '$1').replace(/^(?:module\.)+/, '');
}

/** VQ-Diffusion names its averaged weights without the leading `transformer.`. */
function overlay(tensors: Map<string, PickledTensor>, averaged: ReadonlyMap<string, PickledTensor>): void {
  for (const [key, tensor] of averaged) {
    const name = [key, `transformer.${key}`].find((candidate) => tensors.has(candidate));
    if (name !== undefined && sameShape(tensors.get(name)!, tensor)) tensors.set(name, tensor);
  }
}

function sameShape(a: PickledTensor, b: PickledTensor): boolean {
  return a.shape.length === b.shape.length && a.shape.every((size, i) => size === b.shape[i]);
}

function whyNot(root: unknown): string {
  if (root instanceof Opaque) return 'it holds a whole Python program object instead of its weights alone';
  return 'it holds no weights under any of the usual names';
}

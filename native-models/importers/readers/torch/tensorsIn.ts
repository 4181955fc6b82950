import type { TesseraError } from '../../../../core/base/errors.ts';
import { broken, shown } from '../byteFile.ts';
import { Opaque, Tuple } from '../pickle/values.ts';
import { PickledTensor, UnreadTensor } from './torchWorld.ts';

/** The tensors of a file by the names on the way to them, and what lay beside them. */
export interface Tree {
  readonly tensors: ReadonlyMap<string, PickledTensor | UnreadTensor>;
  readonly extras: ReadonlyMap<string, unknown>; // plain values
  readonly objects: ReadonlyMap<string, string>; // classes of Python objects by where they lay
}

/** What a tensor is called that is all that a file holds. */
export const ALONE = 'tensor';

const DEEPEST = 8;
const LONGEST_NAME = 1000; // characters; those of published models have some 100
const MOST_PLACES = 200_000; // dictionaries and lists; an optimizer's are not counted
const OPTIMIZER = /optim|sched|^opts?(_|$)|_opt$/i; // several times as large as the weights, and never of use
const SETTINGS = ['hyper_parameters', 'hparams', 'args', 'config'];

/**
 * All tensors in the dictionaries and lists of a file, but for those of optimizers. Their names are the keys on the way to them with
 * dots between, as PyTorch names the parts of a module: where weights lie, and under which name a trainer kept them, is one thing. What
 * lies on the way to all of them is left out.
 *
 * @throws TesseraError 'input' if there are none, or two tensors have one name
 */
export function tensorsIn(root: unknown, path: string): Tree {
  // A table of whole numbers, such as which codes a model uses, is a tensor by itself.
  if (isTensor(root)) return { tensors: new Map([[ALONE, root]]), extras: new Map(), objects: new Map() };
  const walk = new Walk(path);
  walk.enter(root, '', 0);
  const { tensors, places } = walk;
  if (tensors.size === 0) throw none(root, walk.objects, path);
  const [only = ''] = places;
  const names = places.size === 1 && only !== '' ? withoutPlace(tensors, only) : tensors;
  return { tensors: names, extras: walk.extras, objects: walk.objects };
}

class Walk {
  readonly tensors = new Map<string, PickledTensor | UnreadTensor>();
  readonly extras = new Map<string, unknown>();
  readonly objects = new Map<string, string>();
  readonly places = new Set<string>(); // prefixes of dictionaries with tensors
  readonly #path: string;
  readonly #seen = new Set<unknown>();

  constructor(path: string) {
    this.#path = path;
  }

  enter(value: unknown, prefix: string, depth: number): void {
    // What lies in two places counts in the first; a dictionary in itself ends here too.
    if (depth > DEEPEST || this.#seen.has(value)) return;
    const items = itemsOf(value);
    if (!items) return;
    this.#seen.add(value);
    if (this.#seen.size > MOST_PLACES) throw broken(this.#path, 'its list of tensors is far too large');
    let holds = depth === 0;
    for (const [key, item] of items) {
      const name = typeof key === 'number' ? String(key) : key;
      if (typeof name !== 'string') continue;
      if (prefix.length + name.length > LONGEST_NAME) {
        if (isTensor(item)) throw broken(this.#path, 'it holds names that are far too long');
        continue;
      }
      if (isTensor(item)) {
        this.#add(prefix + name, item);
        this.places.add(prefix);
        holds = true;
      } else if (item instanceof Opaque) this.objects.set(prefix + name, item.name);
      else if (!OPTIMIZER.test(name)) this.enter(item, `${prefix}${name}.`, depth + 1);
    }
    if (holds && value instanceof Map) collectExtras(value, this.extras, '');
  }

  #add(name: string, tensor: PickledTensor | UnreadTensor): void {
    if (this.tensors.has(name)) throw broken(this.#path, `it holds two tensors that are both ${shown(name)}`);
    this.tensors.set(name, tensor);
  }
}

function isTensor(value: unknown): value is PickledTensor | UnreadTensor {
  return value instanceof PickledTensor || value instanceof UnreadTensor;
}

function itemsOf(value: unknown): Iterable<readonly [unknown, unknown]> | null {
  if (value instanceof Map) return value as ReadonlyMap<unknown, unknown>;
  if (value instanceof Tuple) return value.items.entries();
  return Array.isArray(value) ? (value as readonly unknown[]).entries() : null;
}

function withoutPlace<T>(tensors: ReadonlyMap<string, T>, place: string): Map<string, T> {
  return new Map([...tensors].map(([name, tensor]) => [name.slice(place.length), tensor]));
}

function collectExtras(
  map: ReadonlyMap<unknown, unknown>,
  extras: Map<string, unknown>,
  prefix: string,
): void {
  for (const [key, value] of map) {
    if (typeof key !== 'string') continue;
    if (['number', 'string', 'boolean'].includes(typeof value)) extras.set(prefix + key, value);
    if (prefix === '' && SETTINGS.includes(key) && value instanceof Map)
      collectExtras(value, extras, `${key}.`);
  }
}

/** What to do about a program in the place of weights. */
export const SAVE_WEIGHTS = 'Save its state_dict() with PyTorch, and choose that file.';

function none(root: unknown, objects: ReadonlyMap<string, string>, path: string): TesseraError {
  const classes = root instanceof Opaque ? [root.name] : [...objects.values()];
  if (classes.some((each) => each.startsWith('numpy.')))
    return broken(path, 'its weights are arrays of NumPy', 'Save them with PyTorch as tensors.');
  return classes.length > 0
    ? broken(path, 'it holds a whole Python program object instead of its weights alone', SAVE_WEIGHTS)
    : broken(path, 'it holds no weights');
}

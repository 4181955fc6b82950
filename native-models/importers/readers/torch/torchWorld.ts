import type { TensorDtype, Unread } from '../../tensor.ts';
import { ELEMENT_BYTES } from '../dtypes.ts';
import { damaged, PickleProblem } from '../pickle/pickleBytes.ts';
import { Name, Opaque, Tuple, type PickleWorld } from '../pickle/values.ts';

/** A run of numbers in the file that tensors are views of. `dtype` is null where only the tensor says it. */
export interface Storage {
  readonly key: string;
  readonly dtype: TensorDtype | null;
  readonly elements: number;
  /** In elements, into the storage of this key (only in files from before PyTorch 1.6). */
  readonly viewOffset: number;
}

/** A tensor as the pickle describes it, not yet checked against the storage's bytes. */
export class PickledTensor {
  readonly storage: Storage;
  readonly dtype: TensorDtype;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];

  constructor(storage: Storage, dtype: TensorDtype, place: [number, number[], number[]]) {
    this.storage = storage;
    this.dtype = dtype;
    [this.offset, this.shape, this.strides] = place;
  }
}

/** A tensor without numbers that we read: of another type, quantised, or of no storage at all. */
export class UnreadTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly unread: Unread;

  constructor(dtype: string, shape: readonly number[], unread: Unread) {
    this.dtype = dtype;
    this.shape = shape;
    this.unread = unread;
  }
}

class StorageReference {
  readonly storage: Storage;
  constructor(storage: Storage) {
    this.storage = storage;
  }
}

const STORAGES: ReadonlyMap<string, TensorDtype | null> = new Map<string, TensorDtype | null>([
  ['torch.DoubleStorage', 'float64'],
  ['torch.FloatStorage', 'float32'],
  ['torch.HalfStorage', 'float16'],
  ['torch.BFloat16Storage', 'bfloat16'],
  ['torch.LongStorage', 'int64'],
  ['torch.IntStorage', 'int32'],
  ['torch.ShortStorage', 'int16'],
  ['torch.CharStorage', 'int8'],
  ['torch.ByteStorage', 'uint8'],
  ['torch.BoolStorage', 'bool'],
  ['torch.storage.UntypedStorage', null],
]);

const CUDA = /^torch\.cuda\./; // files from before PyTorch 1.6 name the storages of graphics cards so

/** Gives meaning to what PyTorch writes: storages, tensors, parameters and ordered dictionaries. */
export const torchWorld: PickleWorld = {
  construct(name, args) {
    switch (name) {
      case 'collections.OrderedDict':
        return orderedDict(args);
      case 'collections.defaultdict':
        return new Map();
      case 'torch.Size':
        return args[0] instanceof Tuple ? args[0] : undefined;
      case 'torch._utils._rebuild_tensor':
      case 'torch._utils._rebuild_tensor_v2':
        return tensor(args, null);
      case 'torch._utils._rebuild_tensor_v3':
        return tensor(args, args[6]);
      case 'torch._utils._rebuild_qtensor':
        return new UnreadTensor('quantised', sizesOf(args[2]), 'type');
      case 'torch._utils._rebuild_wrapper_subclass':
        return new UnreadTensor(shortOf(args[0]).replace(/^.*\./, ''), sizesOf(args[2]), 'type');
      case 'torch._utils._rebuild_meta_tensor_no_storage':
        return new UnreadTensor(shortOf(args[0]), sizesOf(args[1]), 'meta');
      case 'torch._tensor._rebuild_from_type_v2': {
        // A class of its own around what another of these gives.
        const [inner, , own] = args;
        return inner instanceof Name && inner.text.startsWith('torch._utils.') && own instanceof Tuple
          ? torchWorld.construct(inner.text, own.items)
          : undefined;
      }
      case 'torch._utils._rebuild_parameter':
      case 'torch._utils._rebuild_parameter_with_state':
        return args[0];
      default:
        return undefined;
    }
  },
  persistent(id) {
    if (!(id instanceof Tuple)) throw new PickleProblem('it refers to data in an unknown way');
    const [kind, type, key, , elements, view] = id.items;
    if (kind === 'module') return type; // a class with its source, which is not looked at
    if (kind !== 'storage' || !(type instanceof Name)) throw damaged();
    const dtype = STORAGES.get(type.text.replace(CUDA, 'torch.'));
    if (dtype === undefined) return new Opaque(type.text);
    const name = typeof key === 'number' ? String(key) : key;
    if (typeof name !== 'string' || !isSize(elements)) throw damaged();
    // The view of a storage has a key of its own; its data are those of the key beside it.
    const [, viewOffset, viewElements] = view instanceof Tuple ? view.items : [null, 0, elements];
    if (!isSize(viewOffset) || !isSize(viewElements) || viewOffset + viewElements > elements) throw damaged();
    return new StorageReference({ key: name, dtype, elements: viewElements, viewOffset });
  },
};

function orderedDict(args: readonly unknown[]): Map<unknown, unknown> {
  const map = new Map<unknown, unknown>();
  if (args.length === 0) return map;
  const pairs = args[0];
  if (!Array.isArray(pairs)) throw damaged();
  for (const pair of pairs as unknown[]) {
    const items: unknown = pair instanceof Tuple ? pair.items : pair;
    if (!Array.isArray(items) || items.length !== 2) throw damaged();
    if (map.has(items[0])) throw new PickleProblem('it holds the same name twice');
    map.set(items[0], items[1]);
  }
  return map;
}

function tensor(args: readonly unknown[], type: unknown): PickledTensor | UnreadTensor {
  const [reference, offset, shape, strides] = args;
  const sizes = sizesOf(shape);
  if (reference instanceof Opaque)
    return new UnreadTensor(reference.name.replace(/^.*\.|Storage$/g, ''), sizes, 'type');
  if (!(reference instanceof StorageReference) || !isSize(offset)) throw damaged();
  const steps = sizesOf(strides);
  const { storage } = reference;
  const dtype = type instanceof Name ? dtypeOf(type.text) : storage.dtype;
  if (dtype === undefined || dtype === null) return new UnreadTensor(shortOf(type), sizes, 'type');
  return new PickledTensor(storage, dtype, [offset, sizes, steps]);
}

function shortOf(type: unknown): string {
  return type instanceof Name ? type.text.replace(/^torch\./, '') : 'unknown';
}

function dtypeOf(name: string): TensorDtype | undefined {
  const dtype = name.replace(/^torch\./, '');
  return Object.keys(ELEMENT_BYTES).includes(dtype) ? (dtype as TensorDtype) : undefined;
}

function sizesOf(value: unknown): number[] {
  if (!(value instanceof Tuple) || !value.items.every(isSize))
    throw new PickleProblem('it holds a tensor whose shape cannot be');
  return value.items as number[];
}

function isSize(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

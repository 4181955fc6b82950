import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { call, dict, int, name, pickle, tensor as torchTensor, text, zip } from '../readers/hostileFiles.ts';

/** A tensor that is one number throughout; tensors of one `tied` share their numbers. */
export interface Filled {
  readonly shape: readonly number[];
  readonly value: number;
  readonly tied?: string;
}

/** What a trainer saves: dictionaries and lists of tensors, numbers, and objects of Python by their class. */
export type Tree =
  Filled | number | { readonly object: string } | readonly Tree[] | { readonly [key: string]: Tree };

type Shapes = Readonly<Record<string, readonly number[]>>;

/** Tensors of these shapes, all of one value. */
export function filled(shapes: Shapes, value: number, prefix = ''): Record<string, Filled> {
  return Object.fromEntries(Object.entries(shapes).map(([key, shape]) => [prefix + key, { shape, value }]));
}

/** Writes a tree as PyTorch saves it. */
export function writeTree(file: string, tree: Tree): string {
  const storages = new Map<string, Buffer>();
  const list = pickle(pickled(tree, storages));
  const data = [...storages].map(([key, bytes]) => [`a/data/${key}`, bytes] as const);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, zip([['a/data.pkl', list], ...data]));
  return file;
}

function pickled(tree: Tree, storages: Map<string, Buffer>): Buffer {
  if (typeof tree === 'number') return int(tree);
  if (Array.isArray(tree)) {
    const items = (tree as readonly Tree[]).map((item) => pickled(item, storages));
    return Buffer.concat([Buffer.from(']('), ...items, Buffer.from('e')]);
  }
  if ('object' in tree && typeof tree.object === 'string') return call(name('training', tree.object));
  if (isFilled(tree)) return tensor(tree, storages);
  return dict(
    ...Object.entries(tree as Record<string, Tree>).flatMap(([key, item]) => [
      text(key),
      pickled(item, storages),
    ]),
  );
}

function isFilled(tree: object): tree is Filled {
  return 'shape' in tree && 'value' in tree;
}

function tensor({ shape, value, tied }: Filled, storages: Map<string, Buffer>): Buffer {
  const count = shape.reduce((product, size) => product * size, 1);
  const key = tied ?? String(storages.size);
  storages.set(key, Buffer.from(new Float32Array(count).fill(value).buffer));
  const strides = shape.map((_, i) => shape.slice(i + 1).reduce((product, size) => product * size, 1));
  return torchTensor({ elements: count, shape, strides, key });
}

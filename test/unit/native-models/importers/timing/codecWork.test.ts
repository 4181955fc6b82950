import { expect, test } from 'vitest';
import type { CodecLayer } from '../../../../../native-models/importers/codec/plan.ts';
import { codecWork } from '../../../../../native-models/importers/timing/codecWork.ts';

const shapes = new Map<string, readonly number[]>([
  ['in.weight', [8, 3, 3, 3]],
  ['in.bias', [8]],
  ['conv1.weight', [16, 8, 3, 3]],
  ['conv2.weight', [16, 16, 3, 3]],
  ['nin.weight', [16, 8, 1, 1]],
  ['down.weight', [16, 16, 3, 3]],
  ['q.weight', [16, 16, 1, 1]],
]);
const block = {
  kind: 'residual',
  ...{ norm1: 'n', conv1: 'conv1', norm2: 'n', conv2: 'conv2', shortcut: 'nin' },
  shortcutOf: 'input',
} as const;
const attention = {
  kind: 'attention',
  ...{ norm: 'n', query: 'q', key: 'q', value: 'q', out: 'q' },
} as const;
const first = 8 * 3 * 9 + 16 * 8 * 9 + 16 * 16 * 9 + 16 * 8; // for each px before the size changes

test.each<[string, CodecLayer[], number]>([
  ['a convolution', [{ kind: 'convolution', name: 'in' }], 64 * 8 * 3 * 9],
  ['a block with its shortcut', [{ kind: 'convolution', name: 'in' }, block], 64 * first],
  [
    'what lies after a change of size has fewer places',
    [{ kind: 'convolution', name: 'in' }, block, { kind: 'down', name: 'down' }, attention],
    64 * first + 16 * 16 * 16 * 9 + 16 * 4 * 16 * 16 + 2 * 16 ** 2 * 16,
  ],
  ['or more', [{ kind: 'up', name: null }, block], 256 * (first - 8 * 3 * 9)],
  ['norms are no products', [{ kind: 'norm', name: 'n', swish: true }], 0],
])('%s', (_, layers, expected) => {
  expect(codecWork(layers, shapes, 64)).toBe(expected);
});

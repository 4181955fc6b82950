import { expect, test } from 'vitest';
import { buffersIn } from '../../../../core/contract/rpc.ts';

test('buffersIn finds every buffer once, however deep', () => {
  const shared = new Uint8Array(8);
  const ids = Int32Array.of(1, 2);
  const value = {
    tiles: [
      { key: 1, tile: shared },
      { key: 2, tile: shared.subarray(4) },
    ],
    deep: { ids, none: null, text: 'x', number: 3 },
  };
  expect(buffersIn(value)).toEqual([shared.buffer, ids.buffer]);
  expect(buffersIn(7)).toEqual([]);
});

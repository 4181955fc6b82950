import { expect, test } from 'vitest';
import type { Tokenizer } from '../../../../core/model/tokenizer.ts';
import { nearSighted } from '../../../../core/paint/nearSighted.ts';
import { blending } from './support.ts';

/** Says that its tokens reach further than they do. */
const boasting = (): Tokenizer => ({ ...blending, tileOverlap: 6, decode: (grid) => blending.decode(grid) });

test('finds how far tokens are seen, once', async () => {
  const tokenizer = boasting();
  expect((await nearSighted(tokenizer)).tileOverlap).toBe(1);
  blending.decoded.length = 0;
  expect((await nearSighted(tokenizer)).tileOverlap).toBe(1);
  expect(blending.decoded).toHaveLength(0);
});

test('a tokenizer whose tokens reach nowhere stays as it is', async () => {
  expect((await nearSighted({ ...boasting(), tileOverlap: 0 })).tileOverlap).toBe(0);
});

test('after a failure it is tried again', async () => {
  let broken = true;
  const tokenizer: Tokenizer = {
    ...boasting(),
    decode: (grid) => (broken ? Promise.reject(new Error('out of memory')) : blending.decode(grid)),
  };
  await expect(nearSighted(tokenizer)).rejects.toThrow('out of memory');
  broken = false;
  expect((await nearSighted(tokenizer)).tileOverlap).toBe(1);
});

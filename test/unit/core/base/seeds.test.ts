import { expect, test } from 'vitest';
import { parseSeed, seedText } from '../../../../core/base/seeds.ts';

test.each([
  ['7', { seed: 7, first: 0 }],
  ['7:3', { seed: 7, first: 2 }],
  ['4294967295:1000', { seed: 4_294_967_295, first: 999 }],
])('%s is a seed and a candidate, and is written so', (text, seed) => {
  expect(parseSeed(text)).toEqual(seed);
  expect(seedText(seed)).toBe(text);
});

test('the first candidate may be named too, and spaces do no harm', () => {
  expect(parseSeed(' 7:1 ')).toEqual({ seed: 7, first: 0 });
});

test.each(['', '7:', ':3', '7:0', '7:1001', '-1', '4294967296', '7.3', '7:3:1', 'seven'])(
  '"%s" is none',
  (text) => {
    expect(parseSeed(text)).toBe(null);
  },
);

import { describe, expect, it } from 'vitest';
import { bytesText, count, durationText, table } from '../../../../../electron/cli/shared/text.ts';

describe('numbers for people', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [26_123_456, '26.1 MB'],
    [999_960, '1.0 MB'],
    [5e12, '5000.0 GB'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(bytesText(bytes)).toBe(text);
  });

  it.each([
    [0, '0.0 s'],
    [1234, '1.2 s'],
    [9_960, '10 s'],
    [59_400, '59 s'],
    [125_000, '2 min 5 s'],
  ])('%d ms are %s', (milliseconds, text) => {
    expect(durationText(milliseconds)).toBe(text);
  });

  it('counts', () => {
    expect([count(0, 'token'), count(1, 'token'), count(2, 'token')]).toEqual([
      '0 tokens',
      '1 token',
      '2 tokens',
    ]);
  });

  it('aligns a table', () => {
    expect(
      table([
        ['a', 'x'],
        ['long', 'y'],
      ]),
    ).toBe('a     x\nlong  y');
  });
});

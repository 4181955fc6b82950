import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, oneOf, text, wholeNumber } from '../../../../../electron/cli/shared/values.ts';

describe('values on the command line', () => {
  it('reads every whole number in range', () => {
    fc.assert(
      fc.property(fc.integer({ min: -50, max: 50 }), (value) => {
        expect(wholeNumber('--n', -50, 50)(String(value))).toBe(value);
      }),
    );
  });

  it.each(['', ' ', 'x', '1.5', '1e3', '0x10', '--3', '11', '-1', 'NaN', 'Infinity', '1 2', '９'])(
    'refuses "%s" as a whole number from 0 to 10',
    (text) => {
      expect(() => wholeNumber('--n', 0, 10)(text)).toThrow(
        `--n takes a whole number from 0 to 10, and "${text}" is not one.`,
      );
    },
  );

  it.each([
    ['.5', 0.5],
    ['1.', 1],
    ['+1', 1],
    ['1e-1', 0.1],
  ])('reads %s', (text, value) => {
    expect(decimal('--n', 0, 1)(text)).toBe(value);
  });

  it.each(['', '.', 'e', '1e', '0x1', 'nan', 'Infinity', '1e999', '-0.1', '1.1', '0,5'])(
    'refuses "%s" as a number from 0 to 1',
    (text) => {
      expect(() => decimal('--n', 0, 1)(text)).toThrow('--n takes a number from 0 to 1');
    },
  );

  it('can leave the lower bound out', () => {
    expect(() => decimal('--n', 0, 1, true)('0')).toThrow('--n takes a number above 0 and up to 1');
    expect(decimal('--n', 0, 1, true)('0.001')).toBe(0.001);
  });

  it('reads one of a few words', () => {
    const parse = oneOf('--preset', ['draft', 'fine']);
    expect(parse('fine')).toBe('fine');
    expect(() => parse('Fine')).toThrow('--preset takes one of draft, fine, and "Fine" is none of them.');
  });

  it('notices where a value was forgotten', () => {
    expect(text('--out')('-odd name.png')).toBe('-odd name.png');
    expect(() => text('--out')('--seed')).toThrow('--out takes a value, and the option --seed follows it.');
    expect(() => text('--out')('')).toThrow('--out takes a value, and nothing follows it.');
  });
});

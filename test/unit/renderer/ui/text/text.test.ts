import { describe, expect, it } from 'vitest';
import { rgb } from '../../../../../renderer/ui/text/colour.ts';
import {
  bitsText,
  bytesText,
  cellText,
  chanceText,
  gridText,
  levelsText,
  megapixelsText,
  percentText,
  pixelsText,
  scaleText,
  tokensText,
} from '../../../../../renderer/ui/text/size.ts';
import { durationText, momentText, remaining } from '../../../../../renderer/ui/text/time.ts';

describe('durations', () => {
  it('tell tenths only while they count', () => {
    expect([0, 420, 9940, 9960, 59_400].map(durationText)).toEqual([
      '0.0 s',
      '0.4 s',
      '9.9 s',
      '10 s',
      '59 s',
    ]);
  });

  it('go on to minutes and hours', () => {
    expect(durationText(59_600)).toBe('1 min 0 s');
    expect(durationText(125_000)).toBe('2 min 5 s');
    expect(durationText(3_780_000)).toBe('1 h 3 min');
  });

  it('are guessed from what was done so far', () => {
    expect(remaining(3000, 5, 20)).toBe(9000);
    expect(remaining(3000, 20, 20)).toBe(0);
    expect(remaining(3000, 5, 20, 0.5)).toBe(21_000); // what follows the steps takes as long as they
    expect(remaining(3000, 0, 20)).toBeNull();
  });
});

describe('moments', () => {
  const now = new Date(2026, 4, 14, 18, 30).getTime();
  const at = (day: number, hour: number): string =>
    momentText(new Date(2026, 4, day, hour, 5).getTime(), now, 'en-GB');

  it('name the day where it is not today', () => {
    expect(at(14, 9)).toBe('9:05');
    expect(at(13, 23)).toBe('yesterday, 23:05');
    expect(at(3, 14)).toBe('3 May, 14:05');
  });
});

describe('sizes', () => {
  it('carry their units', () => {
    expect(pixelsText({ width: 2400, height: 1350 })).toBe('2400 × 1350 px');
    expect(gridText({ columns: 24, rows: 18 })).toBe('24 × 18 tokens');
    expect(megapixelsText({ width: 2400, height: 1350 })).toBe('3.2 MP');
    expect(megapixelsText({ width: 6000, height: 4000 })).toBe('24 MP');
  });

  it('change the unit before a number gets long', () => {
    expect([999, 1000, 999_499, 999_500, 14_200_000, 1_000_000_000].map(bytesText)).toEqual([
      '999 B',
      '1 KB',
      '999 KB',
      '1.0 MB',
      '14.2 MB',
      '1.0 GB',
    ]);
  });

  it('keep a decimal of small shares', () => {
    expect([0.05, 0.0625, 0.667, 64].map(percentText)).toEqual(['5 %', '6.3 %', '67 %', '6400 %']);
  });

  it('write scales no longer than they need', () => {
    expect([1, 1.5, 1.125].map(scaleText)).toEqual(['1', '1.5', '1.13']);
  });
});

it('reads colours', () => {
  expect(rgb('#ff2d78')).toEqual([255, 45, 120]);
});

describe('tokens', () => {
  it('have a place that counts from 0', () => {
    expect([cellText(0, 64), cellText(133, 64)]).toEqual(['row 0, column 0', 'row 2, column 5']);
    expect(tokensText({ width: 64, height: 36 })).toBe('64 × 36');
  });

  it('have probabilities that are never shown as nothing', () => {
    expect([0.62, 0.034, 0.0002, 0].map(chanceText)).toEqual(['62 %', '3.4 %', '< 0.1 %', '0 %']);
  });

  it('have figures with their units', () => {
    expect([bitsText(5.21), levelsText(6.06)]).toEqual(['5.2 bits', '6.1 levels']);
  });
});

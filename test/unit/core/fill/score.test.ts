import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { meanScore, rankingOf } from '../../../../core/fill/score.ts';

const score = fc.record({
  surprise: fc.double({ min: 0.1, max: 20, noNaN: true }),
  seam: fc.double({ min: 0, max: 90, noNaN: true }),
});

describe('the ranking of candidates', () => {
  test('names each once, and puts none before one that fits better in both', () => {
    fc.assert(
      fc.property(fc.array(score, { minLength: 1, maxLength: 8 }), (scores) => {
        const order = rankingOf(scores);
        expect([...order].sort((a, b) => a - b)).toEqual([...scores.keys()]);
        order.forEach((index, place) => {
          for (const later of order.slice(place + 1)) {
            const [a, b] = [scores[index]!, scores[later]!];
            expect(b.surprise < a.surprise * 0.999 && b.seam < a.seam * 0.999).toBe(false);
          }
        });
      }),
    );
  });

  test('minds surprise more than the seam, by their shares of the mean', () => {
    const scores = [
      { surprise: 10, seam: 4 },
      { surprise: 9, seam: 5 },
    ];
    expect(rankingOf(scores)).toEqual([1, 0]);
    expect(rankingOf([scores[0]!, { surprise: 9, seam: 9 }])).toEqual([0, 1]);
  });

  test('is as they were sampled where one has no score, and of equals the first comes first', () => {
    expect(rankingOf([{ surprise: 9, seam: 1 }, null])).toEqual([0, 1]);
    expect(
      rankingOf([
        { surprise: 3, seam: 0 },
        { surprise: 3, seam: 0 },
      ]),
    ).toEqual([0, 1]);
  });

  test('of several frames minds their mean', () => {
    expect(
      meanScore([
        { surprise: 2, seam: 4 },
        { surprise: 4, seam: 0 },
      ]),
    ).toEqual({ surprise: 3, seam: 2 });
    expect(meanScore([])).toBeNull();
  });
});

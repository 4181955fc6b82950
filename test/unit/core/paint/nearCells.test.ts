import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearCells } from '../../../../core/paint/nearCells.ts';
import { frameAt } from './support.ts';

const frame = frameAt(0, 0, 40, 30, 8);

test('cells that touch are one group; those far apart are several', () => {
  expect(nearCells([0, 1, 41, 39], frame, 4)).toEqual([[0, 1, 41], [39]]);
  expect(nearCells([0, 3], frame, 4)).toEqual([[0, 3]]); // decoding both at once costs less
});

test('every cell is in one group, and cells of different groups do not touch', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 0, max: 1199 }), { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 0, max: 8 }),
      (cells, margin) => {
        const groups = nearCells(cells, frame, margin);
        expect(groups.flat().sort((a, b) => a - b)).toEqual([...cells].sort((a, b) => a - b));
        const groupOf = new Map(groups.flatMap((group, g) => group.map((cell) => [cell, g] as const)));
        for (const cell of cells) {
          for (const step of [1, 39, 40, 41]) {
            const near = cell + step;
            if (Math.abs((near % 40) - (cell % 40)) <= 1 && groupOf.has(near)) {
              expect(groupOf.get(near)).toBe(groupOf.get(cell));
            }
          }
        }
      },
    ),
  );
});

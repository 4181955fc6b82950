import { expect, test } from 'vitest';
import { FEATURES } from '../../../../../core/fill/detail/features.ts';
import type { Exemplars } from '../../../../../core/fill/detail/exemplars.ts';
import { matchExemplars } from '../../../../../core/fill/detail/match.ts';

const COLUMNS = 10;

/** Cells that look as a value each. */
function looks(values: readonly number[]): Float32Array {
  return Float32Array.from(values.flatMap((value) => new Array<number>(FEATURES).fill(value)));
}

function exemplarsAt(cells: number[], values: number[]): Exemplars {
  const indexOf = new Int32Array(200).fill(-1);
  cells.forEach((cell, i) => (indexOf[cell] = i));
  return { cells: Int32Array.from(cells), features: looks(values), indexOf };
}

test('takes who looks most alike, and says how alike', () => {
  const exemplars = exemplarsAt([3, 17, 40], [0.1, 0.5, 0.9]);
  const { exemplars: chosen, distances } = matchExemplars(
    exemplars,
    Int32Array.of(62, 88),
    looks([0.52, 0.8]),
    COLUMNS,
  );
  expect([...chosen]).toEqual([1, 2]);
  expect(distances[0]).toBeCloseTo(0.02, 5);
  expect(distances[1]).toBeCloseTo(0.1, 5);
});

test('goes on beside what the neighbour transferred, if that is almost as good', () => {
  // Cell 62 takes exemplar 17; beside that lies 18, a little worse for cell 63 than 118, which is as far from it.
  const exemplars = exemplarsAt([17, 18, 118], [0.5, 0.56, 0.64]);
  const go = (value: number) => [
    ...matchExemplars(exemplars, Int32Array.of(62, 63), looks([0.5, value]), COLUMNS).exemplars,
  ];
  expect(go(0.603)).toEqual([0, 1]);
  expect(go(0.63)).toEqual([0, 2]);
  // And below: 27 lies under 17 as 72 under 62.
  const below = exemplarsAt([17, 27, 127], [0.5, 0.56, 0.64]);
  expect([...matchExemplars(below, Int32Array.of(62, 72), looks([0.5, 0.603]), COLUMNS).exemplars]).toEqual([
    0, 1,
  ]);
});

test('does not take the same exemplar again and again where several look alike', () => {
  const exemplars = exemplarsAt([3, 17, 40, 52], [0.5, 0.5, 0.5, 0.9]);
  const cells = Int32Array.of(60, 62, 64, 66, 68, 80);
  const { exemplars: chosen } = matchExemplars(
    exemplars,
    cells,
    looks(new Array<number>(6).fill(0.5)),
    COLUMNS,
  );
  const times = [0, 1, 2, 3].map((exemplar) => chosen.filter((other) => other === exemplar).length);
  expect(times).toEqual([2, 2, 2, 0]);
});

test('takes the nearer of two that look about as much alike, and the farther if it looks more alike by far', () => {
  const choose = (near: number, far: number) =>
    matchExemplars(exemplarsAt([52, 179], [near, far]), Int32Array.of(54), looks([0.5]), COLUMNS)
      .exemplars[0];
  expect(choose(0.5, 0.5)).toBe(0);
  expect(choose(0.53, 0.52)).toBe(0);
  expect(choose(0.6, 0.52)).toBe(1);
});

test('names the nine nearest in look and place, also those that were exemplars already', () => {
  const cells = Array.from({ length: 20 }, (_, i) => 40 + i);
  const exemplars = exemplarsAt(
    cells,
    cells.map((_, i) => 0.5 + 0.02 * i),
  );
  const { neighbours } = matchExemplars(
    exemplars,
    Int32Array.of(20, 21, 22),
    looks([0.5, 0.5, 0.5]),
    COLUMNS,
  );
  for (const list of neighbours) expect([...list].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  const few = matchExemplars(exemplarsAt([3, 17], [0.5, 0.6]), Int32Array.of(62), looks([0.6]), COLUMNS);
  expect(few.neighbours).toEqual([[1, 0]]);
});

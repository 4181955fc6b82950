import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromRuns, type Provenance, toRuns } from '../../../../core/tokens/provenance.ts';

const provenance: fc.Arbitrary<Provenance> = fc.oneof(
  fc.constantFrom<Provenance>(
    { kind: 'missing' },
    { kind: 'encoded' },
    { kind: 'painted' },
    { kind: 'pinned' },
  ),
  fc.record({
    kind: fc.constant('filled' as const),
    step: fc.integer({ min: 1, max: 16 }),
    probability: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
);

test('runs give back every provenance', () => {
  fc.assert(
    fc.property(fc.array(provenance), (list) => {
      expect(fromRuns(toRuns(list), list.length)).toEqual(list);
    }),
  );
});

test('cells that came about in the same way are one run', () => {
  const filled = (step: number): Provenance => ({ kind: 'filled', step, probability: 0.5 });
  expect(
    toRuns([{ kind: 'encoded' }, { kind: 'encoded' }, filled(1), filled(2), { kind: 'encoded' }]),
  ).toEqual({
    runs: [
      ['encoded', 2],
      ['filled', 2],
      ['encoded', 1],
    ],
    steps: [1, 2],
    probabilities: [0.5, 0.5],
  });
});

test('runs of other cells, or without their figures, are none', () => {
  const runs = toRuns([{ kind: 'encoded' }, { kind: 'filled', step: 1, probability: 1 }]);
  expect(fromRuns(runs, 3)).toBeNull();
  expect(fromRuns({ ...runs, steps: [] }, 2)).toBeNull();
  expect(fromRuns({ ...runs, probabilities: [1, 1] }, 2)).toBeNull();
});

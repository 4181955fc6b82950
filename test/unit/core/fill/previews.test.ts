import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MASK } from '../../../../core/tokens/grid.ts';
import { createPacer } from '../../../../core/fill/previews.ts';
import { candidateInTurn } from '../../../../core/fill/previews.ts';
import { withGapsFilled } from '../../../../core/tokens/grid.ts';

/** A fill of `steps` steps with a clock that only this test moves; gives the steps that were followed by a preview. */
async function run(steps: number, stepMs: number, previewMs: number) {
  let time = 1000;
  const pacer = createPacer(() => time);
  const shown: number[] = [];
  const refused: { spent: number; elapsed: number; shown: number }[] = []; // steps but the last
  for (let step = 1; step <= steps; step++) {
    time += stepMs;
    if (!pacer.due(step, steps)) {
      if (step < steps) refused.push({ spent: pacer.spent, elapsed: time - 1000, shown: shown.length });
      continue;
    }
    await pacer.spend(() => Promise.resolve((time += previewMs)));
    shown.push(step);
  }
  return { shown, refused, spent: pacer.spent, elapsed: time - 1000 };
}

describe('the pacer', () => {
  test('shows every step where that costs nearly nothing, but not the last', async () => {
    const { shown } = await run(12, 600, 10);
    expect(shown).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  test('skips steps where previews are dear', async () => {
    const { shown, spent, elapsed } = await run(40, 100, 100);
    expect(shown.length).toBeGreaterThan(4);
    expect(spent / elapsed).toBeLessThanOrEqual(0.2);
  });

  test('shows a long fill once after its first quarter, whatever that costs', async () => {
    expect((await run(8, 450, 5000)).shown).toEqual([2]);
  });

  test('does not hold up a short fill', async () => {
    expect((await run(12, 20, 80)).shown).toEqual([]);
  });

  test('never takes much more than a fifth of the time, but for the one preview that a long fill is owed', async () => {
    const ms = fc.integer({ min: 1, max: 3000 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 60 }), ms, ms, async (steps, stepMs, previewMs) => {
        const { shown, spent, elapsed } = await run(steps, stepMs, previewMs);
        expect(shown).not.toContain(steps);
        // The first may have been guessed too low; from then on its cost is known.
        const budget = shown.length === 1 ? Math.max(previewMs, 0.2 * elapsed) : 0.2 * elapsed;
        expect(spent).toBeLessThanOrEqual(budget + 1e-6);
      }),
    );
  });

  test('leaves out no step that a fifth of the time would pay for', async () => {
    const ms = fc.integer({ min: 1, max: 3000 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 60 }), ms, ms, async (steps, stepMs, previewMs) => {
        const { refused } = await run(steps, stepMs, previewMs);
        for (const { spent, elapsed, shown } of refused) {
          const cost = shown === 0 ? 100 : previewMs; // before the first, a guess
          expect(spent + cost).toBeGreaterThan(0.2 * elapsed);
        }
      }),
    );
  });

  test('counts a preview that failed', async () => {
    let time = 0;
    const pacer = createPacer(() => time);
    time = 1000;
    const failing = pacer.spend(() => {
      time += 300;
      return Promise.reject(new Error('no'));
    });
    await expect(failing).rejects.toThrow('no');
    expect(pacer.spent).toBe(300);
    expect(pacer.due(5, 10)).toBe(false);
  });
});

test('the first candidate has every second turn, the others share the rest', () => {
  const turns = (candidates: number) =>
    Array.from({ length: 8 }, (_, turn) => candidateInTurn(turn, candidates));
  expect(turns(1)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  expect(turns(2)).toEqual([0, 1, 0, 1, 0, 1, 0, 1]);
  expect(turns(4)).toEqual([0, 1, 0, 2, 0, 3, 0, 1]);
});

test('gaps are filled from what is known, which stays as it is', () => {
  const known = { width: 2, height: 2, ids: Int32Array.of(1, 2, 3, 4) };
  const ids = Int32Array.of(9, MASK, 7, MASK);
  expect(withGapsFilled(known, ids)).toEqual({ width: 2, height: 2, ids: Int32Array.of(9, 2, 7, 4) });
  expect(Array.from(known.ids)).toEqual([1, 2, 3, 4]);
  expect(Array.from(ids)).toEqual([9, MASK, 7, MASK]);
});

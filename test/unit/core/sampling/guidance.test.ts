import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Conditioner } from '../../../../core/model/conditioner.ts';
import type { Condition, Denoiser, WindowBatch } from '../../../../core/model/denoiser.ts';
import { led, ledBy } from '../../../../core/sampling/guidance.ts';
import { chiSquareP, P_THRESHOLD } from './support/chiSquare.ts';
import { requestFor, resultsOf } from './support/requests.ts';

const CODES = 4;
const condition = (id: number): Condition => ({ kind: 'class', id });

/** Says of every cell what the condition's row says. */
function denoiserOf(rows: readonly (readonly number[])[], calls: WindowBatch[] = []): Denoiser {
  return {
    codes: CODES,
    window: { min: 1, max: 8 },
    predict(windows) {
      calls.push(windows);
      const led = windows.conditions?.map((one) => (one.kind === 'class' ? one.id : 0)) ?? [0];
      const all = led.flatMap((id) => Array.from(windows.select, () => rows[id]!).flat());
      return Promise.resolve(Float32Array.from(all));
    },
  };
}

const logits = fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: CODES, maxLength: CODES });
const window = { batch: 1, width: 2, height: 1, tokens: Int32Array.of(-1, -1), select: Int32Array.of(0, 1) };

const softmax = (row: ArrayLike<number>): number[] => {
  const weights = Array.from(row, Math.exp);
  const total = weights.reduce((sum, w) => sum + w, 0);
  return weights.map((w) => w / total);
};

describe('led', () => {
  it('is p_away (p / p_away)^g, made a distribution again, and asks both in one pass', async () => {
    await fc.assert(
      fc.asyncProperty(logits, logits, fc.double({ min: 0, max: 8, noNaN: true }), async (one, other, g) => {
        const calls: WindowBatch[] = [];
        const denoiser = led(denoiserOf([one, other], calls), condition(0), condition(1), g);
        const rows = await denoiser.predict(window);
        const [p, q] = [softmax(one), softmax(other)];
        const raised = p.map((share, k) => q[k]! * (share / q[k]!) ** g);
        const total = raised.reduce((sum, w) => sum + w, 0);
        for (const start of [0, CODES]) {
          softmax(rows.subarray(start, start + CODES)).forEach((share, k) => {
            expect(share).toBeCloseTo(raised[k]! / total, 4);
          });
        }
        expect(calls).toHaveLength(1);
      }),
      { numRuns: 60 },
    );
  });

  it('does not let a code win that both rule out', async () => {
    const denoiser = led(
      denoiserOf([
        [0, -90, 0, 0],
        [0, -200, 0, 0],
      ]),
      condition(0),
      condition(1),
      5,
    );
    const rows = await denoiser.predict(window);
    expect(softmax(rows.subarray(0, CODES))[1]).toBeLessThan(1e-20);
  });

  it('runs once where the guidance is 1', async () => {
    const calls: WindowBatch[] = [];
    const denoiser = led(denoiserOf([[0, 1, 2, 3]], calls), condition(0), null, 1);
    expect(Array.from(await denoiser.predict(window))).toEqual([0, 1, 2, 3, 0, 1, 2, 3]);
    expect(calls[0]!.conditions).toHaveLength(1);
  });

  it('leads a fill: tokens come by the guided distribution', async () => {
    const rows = [
      [1, 0, -1, 0.5],
      [0, 0.5, 0, 0],
    ] as const;
    const guided = rows[0].map((value, k) => rows[1][k]! + 3 * (value - rows[1][k]!));
    const denoiser = led(denoiserOf(rows), condition(0), condition(1), 3);
    const counts = new Int32Array(CODES);
    for (let seed = 0; seed < 40; seed++) {
      const request = requestFor(4, 1, { seed, candidates: 16, steps: 2, order: 'halton' });
      for (const ids of await resultsOf(request, denoiser)) ids.forEach((id) => counts[id]!++);
    }
    expect(chiSquareP(counts, softmax(guided))).toBeGreaterThan(P_THRESHOLD);
  });
});

describe('ledBy', () => {
  const asked: string[] = [];
  const conditioner: Conditioner = {
    kind: 'text',
    read: (words) => Promise.resolve({ tokens: words.length, most: 75, cut: '' }),
    condition(words) {
      asked.push(words);
      return Promise.resolve(condition(words === '' ? 1 : 0));
    },
  };
  const denoiser = denoiserOf([
    [1, 2, 3, 4],
    [0, 0, 0, 0],
  ]);

  it('asks for what the words and the negative ones stand for', async () => {
    const leading = await ledBy({ denoiser, conditioner }, { text: 'brick', negative: '', guidance: 2 });
    expect(asked).toEqual(['brick', '']);
    const row = (await leading.predict(window)).subarray(0, CODES);
    expect(row[1]! - row[0]!).toBeCloseTo(2, 5);
  });

  it('leaves the denoiser as it is without words', async () => {
    expect(await ledBy({ denoiser, conditioner }, undefined)).toBe(denoiser);
    expect(await ledBy({ denoiser, conditioner }, { text: ' ', negative: '', guidance: 4 })).toBe(denoiser);
  });

  it('refuses words for a model that takes none', async () => {
    await expect(
      ledBy({ denoiser, conditioner: null }, { text: 'brick', negative: '', guidance: 2 }),
    ).rejects.toThrow('This package takes no prompt.');
  });
});

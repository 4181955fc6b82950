import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runsOf } from '../../../../../renderer/canvas/guides/hole.ts';
import { ticks, tickStep } from '../../../../../renderer/canvas/guides/rulers.ts';

describe('the cells of the hole', () => {
  it('lie side by side in runs', () => {
    const cells = Uint8Array.from([0, 1, 1, 0, 1, 1, 1, 1]);
    expect([...runsOf(cells, 4)]).toEqual([
      { row: 0, from: 1, to: 3 },
      { row: 1, from: 0, to: 4 },
    ]);
  });
});

describe('the ticks of a ruler', () => {
  it('are round numbers with room between them at every zoom', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 64, noNaN: true }), (zoom) => {
        const step = tickStep(zoom);
        expect(step * zoom).toBeGreaterThanOrEqual(56);
        expect([1, 2, 5]).toContain(Math.round(step / 10 ** Math.floor(Math.log10(step) + 1e-9)));
      }),
    );
  });

  it('cover what is seen', () => {
    expect(ticks(-130, 220, 100)).toEqual([-200, -100, 0, 100, 200, 300]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wheelFactor } from '../../../../../renderer/canvas/input/pointer.ts';

const wheel = (deltaY: number, rest = {}): number =>
  wheelFactor({ deltaY, deltaMode: 0, ctrlKey: false, ...rest });

describe('the wheel', () => {
  it('zooms in when it is turned away, and out when it is turned back, by the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), (delta) => {
        expect(wheel(-delta)).toBeGreaterThan(1);
        expect(wheel(-delta) * wheel(delta)).toBeCloseTo(1, 12);
      }),
    );
  });

  it('comes as far in many small steps as in a large one', () => {
    const small = Array.from({ length: 20 }, () => wheel(-6)).reduce((product, factor) => product * factor);
    expect(small).toBeCloseTo(wheel(-120), 12);
  });

  it('counts lines and pages as well as px', () => {
    expect(wheel(-3, { deltaMode: 1 })).toBeCloseTo(wheel(-120), 12);
    expect(wheel(-1, { deltaMode: 2 })).toBeGreaterThan(wheel(-120));
  });

  it('follows the fingers of a pinch, and does not leap', () => {
    expect(wheel(-5, { ctrlKey: true })).toBeGreaterThan(wheel(-5));
    expect(wheel(-120, { ctrlKey: true })).toBe(wheel(-120));
    expect(wheel(-1e6)).toBeLessThan(2);
  });
});

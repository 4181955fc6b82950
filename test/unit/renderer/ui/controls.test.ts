import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fromPosition,
  isInside,
  parseNumber,
  showNumber,
  stepFrom,
  toPosition,
} from '../../../../renderer/ui/controls/numbers.ts';
import { nearestAhead } from '../../../../renderer/ui/controls/moveFocus.ts';
import { besides, under } from '../../../../renderer/ui/controls/placing.ts';

describe('number fields', () => {
  const range = { min: 0, max: 2, step: 0.05 };

  it('take what people type', () => {
    expect(parseNumber(' 0,42 ', range)).toBe(0.4);
    expect(parseNumber('1.05 px', range)).toBe(1.05);
    expect(['0,5*2', '3 / 2', '1+0.5', '2-1'].map((sum) => parseNumber(sum, range))).toEqual([
      1, 1.5, 1.5, 1,
    ]);
    expect(parseNumber('many', range)).toBeNull();
    expect(parseNumber('', range)).toBeNull();
  });

  it('are taken over while they are typed only where they fit', () => {
    expect(['1', '0,5', '2.1', '-', ''].map((text) => isInside(text, range))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('stay inside their range and on their step', () => {
    expect(parseNumber('99', range)).toBe(2);
    expect(stepFrom(0.4, 1, range)).toBe(0.45);
    expect(stepFrom(0, -1, range)).toBe(0);
    expect(showNumber(0.4, 0.05)).toBe('0.40');
    expect(showNumber(4, 1)).toBe('4');
  });
});

describe('sliders', () => {
  const range = { min: 1, max: 2000, step: 1 };

  it.each([true, false])('bring every value back that they show (logarithmic: %s)', (logarithmic) => {
    fc.assert(
      fc.property(fc.integer({ min: range.min, max: range.max }), (value) => {
        expect(fromPosition(toPosition(value, range, logarithmic), range, logarithmic)).toBe(value);
      }),
    );
  });

  it('give small brushes half of the way', () => {
    expect(fromPosition(0.5, range, true)).toBe(45);
    expect(fromPosition(0.5, range, false)).toBe(1001);
  });
});

describe('what is shown beside something', () => {
  const window = { width: 1000, height: 600 };
  const size = { width: 200, height: 40 };

  it('stands below it and in its middle', () => {
    expect(besides({ left: 400, top: 100, width: 30, height: 30 }, size, window, 'below')).toEqual({
      x: 315,
      y: 136,
    });
  });

  it('goes to the other side where there is no room', () => {
    expect(besides({ left: 400, top: 560, width: 30, height: 30 }, size, window, 'below').y).toBe(514);
    expect(besides({ left: 960, top: 100, width: 30, height: 30 }, size, window, 'right').x).toBe(754);
    expect(under({ left: 960, top: 10, width: 30, height: 30 }, size, window).x).toBe(790);
  });

  it('never leaves the window', () => {
    const at = fc.record({
      left: fc.integer({ min: 0, max: 970 }),
      top: fc.integer({ min: 0, max: 570 }),
      width: fc.constant(30),
      height: fc.constant(30),
    });
    fc.assert(
      fc.property(at, fc.constantFrom('below' as const, 'right' as const), (anchor, side) => {
        const { x, y } = besides(anchor, size, window, side);
        expect(x >= 0 && y >= 0 && x + size.width <= window.width && y + size.height <= window.height).toBe(
          true,
        );
      }),
    );
  });
});

describe('arrow keys among things in two columns', () => {
  const box = (column: number, row: number) => ({ left: column * 38, top: row * 38, width: 36, height: 36 });
  // Two, two, then one, then a gap and two more.
  const boxes = [box(0, 0), box(1, 0), box(0, 1), box(1, 1), box(0, 2), box(0, 3.4), box(1, 3.4)];

  it('lead to the neighbour on that side', () => {
    expect([nearestAhead(boxes, 0, 'ArrowRight'), nearestAhead(boxes, 0, 'ArrowDown')]).toEqual([1, 2]);
    expect([nearestAhead(boxes, 3, 'ArrowLeft'), nearestAhead(boxes, 3, 'ArrowUp')]).toEqual([2, 1]);
  });

  it('go on below a gap, and stay where nothing lies ahead', () => {
    expect(nearestAhead(boxes, 3, 'ArrowDown')).toBe(6);
    expect(nearestAhead(boxes, 4, 'ArrowDown')).toBe(5);
    expect(nearestAhead(boxes, 6, 'ArrowUp')).toBe(3);
    expect(nearestAhead(boxes, 1, 'ArrowRight')).toBeNull();
    expect(nearestAhead(boxes, 0, 'Enter')).toBeNull();
  });
});

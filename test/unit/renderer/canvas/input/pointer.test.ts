import { describe, expect, it } from 'vitest';
import { pointerInput, wheelFactor } from '../../../../../renderer/canvas/input/pointer.ts';
import { View } from '../../../../../renderer/state/view.svelte.ts';
import fc from 'fast-check';

const EVENT = { clientX: 130, clientY: 90, shiftKey: true, altKey: false, buttons: 1, timeStamp: 5 };
const CORNER = { left: 100, top: 50 };

function view(): View {
  const view = new View();
  view.size = { width: 200, height: 100 };
  view.centre = { x: 50, y: 25 };
  view.zoomTo(2);
  return view;
}

describe('what a pointer event means', () => {
  it('is a place in the document, not rounded, and one on the canvas', () => {
    expect(pointerInput(EVENT, view(), CORNER)).toEqual({
      x: 15,
      y: 20,
      screen: { x: 30, y: 40 },
      pressure: 1,
      shift: true,
      alt: false,
      buttons: 1,
      time: 5,
    });
    expect(pointerInput({ ...EVENT, clientX: 131 }, view(), CORNER).x).toBe(15.5);
    expect(pointerInput({ ...EVENT, clientX: 0 }, view(), CORNER).x).toBe(-50);
  });

  it('has pressure from pens alone', () => {
    expect(pointerInput({ ...EVENT, pointerType: 'pen', pressure: 0.3 }, view(), CORNER).pressure).toBe(0.3);
    expect(pointerInput({ ...EVENT, pointerType: 'mouse', pressure: 0.5 }, view(), CORNER).pressure).toBe(1);
    expect(pointerInput({ ...EVENT, pointerType: 'touch', pressure: 0.2 }, view(), CORNER).pressure).toBe(1);
  });
});

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

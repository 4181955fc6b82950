import { describe, expect, it } from 'vitest';
import { pointerInput } from '../../../../../renderer/canvas/input/pointer.ts';
import { View } from '../../../../../renderer/state/view.svelte.ts';

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

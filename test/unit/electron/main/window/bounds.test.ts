import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MINIMUM, openingBounds, windowStateSchema } from '../../../../../electron/main/window/bounds.ts';

const screen = { x: 0, y: 25, width: 1920, height: 1055 };

test('opens in the middle of the first screen at first', () => {
  expect(openingBounds(null, [screen])).toEqual({ x: 240, y: 83, width: 1440, height: 940 });
});

test('is no larger than a small screen', () => {
  const small = { x: 0, y: 0, width: 1280, height: 720 };
  expect(openingBounds(null, [small])).toEqual(small);
});

test('opens where it was, also on a second screen', () => {
  const saved = { x: 2000, y: 100, width: 1200, height: 800 };
  expect(openingBounds(saved, [screen, { ...screen, x: 1920 }])).toEqual(saved);
});

test('comes back when its screen is gone, or its title bar is out of reach', () => {
  const middle = openingBounds(null, [screen]);
  expect(openingBounds({ x: 2000, y: 100, width: 1200, height: 800 }, [screen])).toEqual(middle);
  expect(openingBounds({ x: 100, y: -700, width: 1200, height: 800 }, [screen])).toEqual(middle);
});

test('can always be moved and is never too small', () => {
  const number = fc.integer({ min: -5000, max: 5000 });
  const size = fc.integer({ min: 1, max: 5000 });
  fc.assert(
    fc.property(fc.record({ x: number, y: number, width: size, height: size }), (saved) => {
      const { x, y, width, height } = openingBounds(saved, [screen]);
      expect(x).toBeLessThan(screen.x + screen.width);
      expect(x + width).toBeGreaterThan(screen.x);
      expect(y).toBeGreaterThanOrEqual(screen.y);
      expect(y).toBeLessThan(screen.y + screen.height);
      expect(width).toBeGreaterThanOrEqual(MINIMUM.width);
      expect(height).toBeGreaterThanOrEqual(MINIMUM.height);
    }),
  );
});

test('a broken file of bounds is not believed', () => {
  expect(windowStateSchema.safeParse({ bounds: { x: '0' } }).success).toBe(false);
});

import { expect, it } from 'vitest';
import { containsPoint } from '../../../../core/base/geometry.ts';

it.each([
  [{ x: 2, y: 3 }, true],
  [{ x: 5.9, y: 4.9 }, true],
  [{ x: 6, y: 3 }, false],
  [{ x: 2, y: 5 }, false],
  [{ x: 1.9, y: 3 }, false],
])('counts the left and upper edges of a rectangle to it, and not the others: %j', (point, inside) => {
  expect(containsPoint({ x: 2, y: 3, width: 4, height: 2 }, point)).toBe(inside);
});

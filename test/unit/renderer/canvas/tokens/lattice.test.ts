import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Frame } from '../../../../../core/frames/frame.ts';
import { cellRect } from '../../../../../core/frames/cellRects.ts';
import { deviceFor, toDevice, wholeDevice } from '../../../../../renderer/canvas/device.ts';
import {
  cellsWithin,
  latticeOf,
  linesOpacity,
  outlineOf,
  sideOnScreen,
} from '../../../../../renderer/canvas/tokens/lattice.ts';

const FRAME: Frame = { rect: { x: -8, y: 16, width: 1024, height: 512 }, scale: 1, columns: 128, rows: 64 };
const SIZE = { width: 300, height: 200 };

const view = fc.record({
  zoom: fc.double({ min: 0.05, max: 60, noNaN: true }),
  centre: fc.record({ x: fc.integer({ min: -100, max: 1100 }), y: fc.integer({ min: -100, max: 700 }) }),
});

describe('the cells in sight', () => {
  it('are all that the view touches, and none beyond', () => {
    fc.assert(
      fc.property(view, fc.constantFrom(1, 2), fc.nat({ max: 128 * 64 - 1 }), (seen, ratio, cell) => {
        const device = deviceFor({ ...seen, size: SIZE }, ratio);
        const { x, y, width, height } = cellsWithin(FRAME, device, wholeDevice(device));
        const square = toDevice(device, cellRect(FRAME, cell));
        const isSeen =
          square.x + square.width > 0 &&
          square.y + square.height > 0 &&
          square.x < device.width &&
          square.y < device.height &&
          square.width > 0 &&
          square.height > 0;
        const [column, row] = [cell % 128, Math.floor(cell / 128)];
        const isWithin = column >= x && row >= y && column < x + width && row < y + height;
        if (isSeen) expect(isWithin).toBe(true);
        if (width > 0) expect((width - 2) * 8 * device.scale).toBeLessThanOrEqual(device.width);
      }),
    );
  });

  it('have their sides on whole pixels, where those of the squares are', () => {
    fc.assert(
      fc.property(view, fc.nat({ max: 128 * 64 - 1 }), (seen, cell) => {
        const device = deviceFor({ ...seen, size: SIZE }, 1);
        const { x, y } = latticeOf(FRAME, device);
        const square = toDevice(device, cellRect(FRAME, cell));
        expect(Math.abs(x(cell % 128) - square.x)).toBeLessThanOrEqual(1);
        expect(Math.abs(y(Math.floor(cell / 128)) - square.y)).toBeLessThanOrEqual(1);
        expect(Number.isInteger(x(cell % 128))).toBe(true);
      }),
    );
  });
});

describe('the lines between tokens', () => {
  it('fade out where tokens are too small to be told apart', () => {
    expect([0.5, 4.9, 5].map(linesOpacity)).toEqual([0, 0, 0]);
    expect(linesOpacity(8)).toBeGreaterThan(0);
    expect(linesOpacity(8)).toBeLessThan(1);
    expect([16, 80].map(linesOpacity)).toEqual([1, 1]);
  });

  it('go by CSS px, whatever the screen has', () => {
    const seen = { zoom: 1.5, centre: { x: 0, y: 0 }, size: SIZE };
    expect([1, 2, 3].map((ratio) => sideOnScreen(FRAME, deviceFor(seen, ratio)))).toEqual([12, 12, 12]);
  });
});

describe('the outline of marked cells', () => {
  const frame = { ...FRAME, columns: 4, rows: 3 };
  const whole = { x: 0, y: 0, width: 4, height: 3 };

  it('has each side across which there is no such cell, once', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 3 }), { minLength: 12, maxLength: 12 }), (values) => {
        const marks = Uint8Array.from(values);
        const edges = [...outlineOf(marks, 2, frame, whole)].map(String);
        expect(new Set(edges).size).toBe(edges.length);
        const has = (column: number, row: number): boolean =>
          column >= 0 && row >= 0 && column < 4 && row < 3 && (values[row * 4 + column]! & 2) !== 0;
        let count = 0;
        for (let row = 0; row <= 3; row++)
          for (let column = 0; column <= 4; column++) {
            if (column < 4 && has(column, row - 1) !== has(column, row)) count++;
            if (row < 3 && has(column - 1, row) !== has(column, row)) count++;
          }
        expect(edges).toHaveLength(count);
      }),
    );
  });

  it('costs what is seen, and is there also where its neighbours are not', () => {
    const marks = new Uint8Array(12).fill(2);
    expect([...outlineOf(marks, 2, frame, { x: 1, y: 1, width: 2, height: 1 })]).toEqual([]);
    expect([...outlineOf(marks, 2, frame, { x: 0, y: 1, width: 1, height: 1 })]).toEqual([[0, 1, 0, 2]]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rect } from '../../../../core/base/geometry.ts';
import { layOut } from '../../../../renderer/canvas/canvasGrid.ts';
import { Damage } from '../../../../renderer/canvas/rasterLayer.ts';
import { deviceFor, fromDevice, toDevice, wholeDevice } from '../../../../renderer/canvas/device.ts';

const real = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });
const device = fc
  .record({
    zoom: real(0.05, 64),
    centre: fc.record({ x: real(-2000, 2000), y: real(-2000, 2000) }),
    ratio: fc.constantFrom(1, 1.25, 1.5, 2, 3),
  })
  .map(({ zoom, centre, ratio }) => deviceFor({ zoom, centre, size: { width: 800, height: 600 } }, ratio));

describe('device px', () => {
  it('leave no gap and no overlap between neighbours', () => {
    fc.assert(
      fc.property(device, fc.integer({ min: -9, max: 9 }), (device, column) => {
        const left = toDevice(device, { x: column * 256, y: 0, width: 256, height: 256 });
        const right = toDevice(device, { x: (column + 1) * 256, y: 0, width: 256, height: 256 });
        expect(left.x + left.width).toBe(right.x);
        for (const value of Object.values(left)) expect(Number.isInteger(value)).toBe(true);
      }),
    );
  });

  it('show what fromDevice says they show', () => {
    fc.assert(
      fc.property(device, (device) => {
        const seen = fromDevice(device, wholeDevice(device));
        expect(seen.x * device.scale + device.x).toBeCloseTo(0, 6);
        expect(seen.width * device.scale).toBeCloseTo(device.width, 6);
      }),
    );
  });

  it('are those of the document at 1:1, one for one', () => {
    const exact = deviceFor({ zoom: 1, centre: { x: 400, y: 300 }, size: { width: 800, height: 600 } }, 1);
    expect(toDevice(exact, { x: 10, y: 20, width: 30, height: 40 })).toEqual({
      x: 10,
      y: 20,
      width: 30,
      height: 40,
    });
  });
});

describe('damage', () => {
  const exact = deviceFor({ zoom: 1, centre: { x: 400, y: 300 }, size: { width: 800, height: 600 } }, 1);

  it('covers what was damaged, a little more, and no more than is seen', () => {
    const damage = new Damage();
    damage.add({ x: 100, y: 100, width: 10, height: 10 });
    damage.add({ x: 103, y: 102, width: 10, height: 10 });
    const [{ x, y, width, height }] = damage.take(exact) as [Rect];
    expect([x <= 100, y <= 100, x + width >= 113, y + height >= 112]).toEqual([true, true, true, true]);
    expect([x > 90, width < 40, height < 40]).toEqual([true, true, true]);
    damage.add({ x: -500, y: -500, width: 510, height: 510 });
    expect(damage.take(exact)).toMatchObject([{ x: 0, y: 0 }]);
  });

  it('is drawn in parts where they lie far from one another, unless they are many', () => {
    const damage = new Damage();
    for (const x of [0, 300, 600]) damage.add({ x, y: x / 2, width: 10, height: 10 });
    expect(damage.take(exact)).toHaveLength(3);
    for (let i = 0; i < 40; i++) damage.add({ x: 19 * i, y: 13 * i, width: 2, height: 2 });
    expect(damage.take(exact).length).toBeLessThan(30);
  });

  it('is forgotten once it was taken, and is nothing where nobody sees it', () => {
    const damage = new Damage();
    damage.add('all');
    damage.add({ x: 0, y: 0, width: 1, height: 1 });
    expect(damage.take(exact)).toEqual([wholeDevice(exact)]);
    expect(damage.take(exact)).toEqual([]);
    damage.add({ x: 5000, y: 0, width: 10, height: 10 });
    expect(damage.take(exact)).toEqual([]);
  });
});

describe('cells', () => {
  it('cover a bitmap once, none larger than 512 px', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4000 }), fc.integer({ min: 1, max: 4000 }), (width, height) => {
        const cells = layOut(width, height);
        const area = cells.reduce((sum, cell) => sum + cell.width * cell.height, 0);
        expect(area).toBe(width * height);
        for (const cell of cells) {
          expect(Math.max(cell.width, cell.height)).toBeLessThanOrEqual(512);
          expect([cell.x + cell.width <= width, cell.y + cell.height <= height]).toEqual([true, true]);
        }
        expect(new Set(cells.map(({ x, y }) => `${x} ${y}`)).size).toBe(cells.length);
      }),
    );
  });
});

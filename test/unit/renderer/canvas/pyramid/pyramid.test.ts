import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Rect } from '../../../../../core/base/geometry.ts';
import { intersectRects } from '../../../../../core/base/geometry.ts';
import { readRect } from '../../../../../core/raster/flat.ts';
import { empty } from '../../../../../core/raster/make.ts';
import { applyPatch } from '../../../../../core/raster/patch.ts';
import { TILE, type Raster } from '../../../../../core/raster/raster.ts';
import { tilesTouching } from '../../../../../core/raster/tileKey.ts';
import { fillRect } from '../../../../../core/raster/write.ts';
import { beginStroke, strokeRaster, strokeTo } from '../../../../../core/selection/stroke.ts';
import { Pyramid, type ShownSquare } from '../../../../../renderer/canvas/pyramid/pyramid.ts';
import { NumberPainter, ROUGH, type Numbers } from './numberPainter.ts';

const CANVAS: Rect = { x: -100, y: -300, width: 900, height: 700 };
const AMPLE = 1e9; // ms

let painter: NumberPainter;
let clock: number;
let pyramid: Pyramid<Numbers>;

beforeEach(() => {
  painter = new NumberPainter();
  clock = 0;
  pyramid = create();
});

function create(surfaces = 1000): Pyramid<Numbers> {
  return new Pyramid(painter, { surfaces, now: () => clock++ }); // every look at the clock takes a ms
}

interface Composed {
  readonly squares: readonly ShownSquare<Numbers>[];
  readonly complete: boolean;
}

function compose(own: Pyramid<Numbers>, visible: Rect, scale: number, budget: number): Composed {
  const { complete } = own.build(visible, scale, budget);
  return { complete, squares: own.squares(visible, scale) };
}

function painted(raster: Raster, rect: Rect, value: number): Raster {
  return applyPatch(raster, fillRect(raster, rect, value));
}

/** The value that is seen at a pixel of a level, counted from the document's origin. */
function seenAt({ squares }: Composed, x: number, y: number, level: number): number {
  const [documentX, documentY] = [(x + 0.5) * 2 ** level, (y + 0.5) * 2 ** level];
  const square = squares.find(
    ({ to }) =>
      documentX >= to.x && documentY >= to.y && documentX < to.x + to.width && documentY < to.y + to.height,
  );
  if (!square) return 0;
  const { surface, from, to } = square;
  const column = Math.floor(from.x + ((documentX - to.x) * from.width) / to.width);
  const row = Math.floor(from.y + ((documentY - to.y) * from.height) / to.height);
  return surface[row * TILE + column]!;
}

/** The mean of the document's pixels under a pixel of a level. */
function meanAt(raster: Raster, x: number, y: number, level: number): number {
  const side = 2 ** level;
  const data = readRect(raster, { x: x * side, y: y * side, width: side, height: side });
  return data.reduce((sum, value) => sum + value, 0) / data.length;
}

function expectShown(composed: Composed, raster: Raster, level: number): void {
  expect(composed.complete).toBe(true);
  const step = 7;
  const [left, top] = [Math.ceil(raster.rect.x / 2 ** level), Math.ceil(raster.rect.y / 2 ** level)];
  const [width, height] = [raster.rect.width >> level, raster.rect.height >> level];
  for (let y = top; y < top + height; y += step) {
    for (let x = left; x < left + width; x += step) {
      const [seen, mean] = [seenAt(composed, x, y, level), meanAt(raster, x, y, level)];
      if (Math.abs(seen - mean) > 1e-6) expect({ x, y, seen }).toEqual({ x, y, seen: mean });
    }
  }
}

describe('a pyramid', () => {
  const rect = fc.record({
    x: fc.integer({ min: -150, max: 790 }),
    y: fc.integer({ min: -350, max: 390 }),
    width: fc.integer({ min: 1, max: 400 }),
    height: fc.integer({ min: 1, max: 400 }),
  });

  it('shows every raster as it is, at every level, whatever was shown before', () => {
    const step = fc.record({ rect, value: fc.nat(255), level: fc.nat(4) });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), (steps) => {
        const own = create();
        let raster = empty(CANVAS, 1);
        for (const { rect, value, level } of steps) {
          raster = painted(raster, rect, value);
          own.show(raster);
          expectShown(compose(own, CANVAS, 1 / 2 ** level, AMPLE), raster, level);
        }
      }),
      { numRuns: 12 },
    );
  });

  it('follows a stroke that writes into its tiles', () => {
    const point = fc.record({
      x: fc.integer({ min: -120, max: 820 }),
      y: fc.integer({ min: -320, max: 420 }),
    });
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 4 }), fc.nat(3), (points, level) => {
        const own = create();
        const base = painted(empty(CANVAS, 1), { x: 0, y: 0, width: 300, height: 300 }, 90);
        own.show(base);
        compose(own, CANVAS, 1 / 2 ** level, AMPLE);
        const stroke = beginStroke(base, { size: 60, hardness: 0.5, opacity: 1, mode: 'add' });
        own.show(strokeRaster(stroke));
        for (const { x, y } of points) {
          const touched = strokeTo(stroke, { x, y, pressure: 1 });
          if (touched) own.touch(touched);
          expectShown(compose(own, CANVAS, 1 / 2 ** level, AMPLE), strokeRaster(stroke), level);
        }
        own.show(base);
        expectShown(compose(own, CANVAS, 1 / 2 ** level, AMPLE), base, level);
      }),
      { numRuns: 15 },
    );
  });

  it('covers what is seen with squares of the level that has a pixel for each of the screen', () => {
    pyramid.show(painted(empty(CANVAS, 1), CANVAS, 200));
    const visible = { x: 100, y: 0, width: 300, height: 200 };
    for (const [scale, side] of [
      [4, TILE],
      [1, TILE],
      [0.5, 2 * TILE],
      [0.3, 2 * TILE],
      [0.25, 4 * TILE],
    ] as const) {
      const { squares } = compose(pyramid, visible, scale, AMPLE);
      const area = squares.reduce((sum, { to }) => {
        const seen = intersectRects(to, visible);
        return sum + seen.width * seen.height;
      }, 0);
      expect(area).toBe(visible.width * visible.height);
      for (const { from, to } of squares) expect(to.width / from.width).toBe(side / TILE);
    }
  });

  it('paints nothing twice', () => {
    const raster = painted(empty(CANVAS, 1), CANVAS, 200);
    pyramid.show(raster);
    compose(pyramid, CANVAS, 0.25, AMPLE);
    const { painted: once } = painter;
    pyramid.show(painted(raster, { x: 10, y: 10, width: 3, height: 3 }, 7));
    pyramid.show(raster);
    compose(pyramid, CANVAS, 0.25, AMPLE);
    expect(painter.painted - once).toBe(TILE * TILE); // the one tile that differed for a moment
    compose(pyramid, CANVAS, 0.25, AMPLE);
    expect(painter.painted - once).toBe(TILE * TILE);
  });

  it('paints only what was touched', () => {
    const stroke = beginStroke(empty(CANVAS, 1), { size: 20, hardness: 1, opacity: 1, mode: 'add' });
    strokeTo(stroke, { x: 100, y: 100, pressure: 1 });
    pyramid.show(strokeRaster(stroke));
    compose(pyramid, CANVAS, 0.25, AMPLE);
    const { painted: before } = painter;
    pyramid.touch(strokeTo(stroke, { x: 104, y: 100, pressure: 1 })!);
    compose(pyramid, CANVAS, 0.25, AMPLE);
    expect(painter.painted - before).toBeGreaterThan(0);
    expect(painter.painted - before).toBeLessThan(40 * 40);
  });

  it('gets on in every frame however little time there is, and shows something coarse meanwhile', () => {
    const raster = painted(empty(CANVAS, 1), CANVAS, 40);
    pyramid.show(raster);
    let composed = compose(pyramid, CANVAS, 1, 0);
    expect(composed.complete).toBe(false);
    expect(seenAt(composed, -90, -290, 0)).toBe(ROUGH + 40);
    let frames = 1;
    while (!composed.complete) {
      composed = compose(pyramid, CANVAS, 1, 0);
      frames++;
    }
    expect(frames).toBe([...tilesTouching(CANVAS)].length);
    expectShown(composed, raster, 0);
  });

  it('lets what was built of coarser levels stand in for finer ones', () => {
    pyramid.show(painted(empty(CANVAS, 1), CANVAS, 40));
    compose(pyramid, CANVAS, 0.5, AMPLE);
    const composed = compose(pyramid, CANVAS, 1, 0);
    expect(composed.complete).toBe(false);
    expect(seenAt(composed, -90, -290, 0)).toBe(40);
  });

  it('says which parts look better than before: those alone have to be drawn', () => {
    const raster = painted(empty(CANVAS, 1), CANVAS, 40);
    pyramid.show(raster);
    const squares = [];
    for (let built = pyramid.build(CANVAS, 1, 0); ; built = pyramid.build(CANVAS, 1, 0)) {
      squares.push(...built.improved);
      if (built.complete) break;
    }
    expect(new Set(squares.map(({ x, y }) => `${x} ${y}`)).size).toBe([...tilesTouching(CANVAS)].length);
    expect(pyramid.build(CANVAS, 1, AMPLE)).toEqual({ improved: [], complete: true });
    pyramid.touch({ x: 10, y: 20, width: 30, height: 40 });
    expect(pyramid.build(CANVAS, 1, AMPLE).improved).toEqual([{ x: 10, y: 20, width: 30, height: 40 }]);
  });

  it('has no surfaces for what is empty', () => {
    pyramid.show(empty(CANVAS, 1));
    expect(compose(pyramid, CANVAS, 0.25, AMPLE)).toEqual({ squares: [], complete: true });
    expect(painter.created).toBe(0);
  });

  it('forgets surfaces that were not seen for long, never those that are', () => {
    const own = create(2);
    const wide = { x: 0, y: 0, width: 20 * TILE, height: TILE };
    const raster = painted(empty(wide, 1), wide, 40);
    own.show(raster);
    for (let x = 0; x < wide.width; x += TILE) {
      expect(compose(own, { x, y: 0, width: TILE, height: TILE }, 1, AMPLE).squares).toHaveLength(1);
    }
    const { created } = painter;
    compose(own, { x: wide.width - TILE, y: 0, width: TILE, height: TILE }, 1, AMPLE);
    expect(painter.created).toBe(created);
    compose(own, { x: 0, y: 0, width: TILE, height: TILE }, 1, AMPLE);
    expect(painter.created).toBe(created + 1);
    expect(compose(own, wide, 1, AMPLE).squares).toHaveLength(20);
  });

  it('paints tiles at the border anew where the border moves through them', () => {
    const raster = painted(empty({ x: 0, y: 0, width: 300, height: 300 }, 1), CANVAS, 40);
    pyramid.show(raster);
    compose(pyramid, CANVAS, 1, AMPLE);
    const { painted: before } = painter;
    pyramid.show({ ...raster, rect: { x: 0, y: 0, width: 320, height: 300 } });
    compose(pyramid, CANVAS, 1, AMPLE);
    expect(painter.painted - before).toBe(2 * TILE * TILE); // right of the middle, not the one that is inside
  });

  it('shows nothing of the raster before once it was cleared', () => {
    pyramid.show(painted(empty(CANVAS, 1), CANVAS, 40));
    compose(pyramid, CANVAS, 1, AMPLE);
    pyramid.clear();
    expect(compose(pyramid, CANVAS, 1, AMPLE).squares).toEqual([]);
    pyramid.show(painted(empty(CANVAS, 1), CANVAS, 80));
    expect(seenAt(compose(pyramid, CANVAS, 1, 0), -90, -290, 0)).toBe(ROUGH + 80);
  });
});

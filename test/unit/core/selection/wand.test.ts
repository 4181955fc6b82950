import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { containsRect, type Rect } from '../../../../core/base/geometry.ts';
import { fromFlat, readRect, sampleAt } from '../../../../core/raster/flat.ts';
import { empty } from '../../../../core/raster/make.ts';
import type { Raster } from '../../../../core/raster/raster.ts';
import { combine } from '../../../../core/selection/combine.ts';
import type { Coverage } from '../../../../core/pixels/picture.ts';
import { applyPatch } from '../../../../core/raster/patch.ts';
import { colourRange, wand } from '../../../../core/selection/wand.ts';
import { seed, stream } from '../pixels/random.ts';
import { rects } from '../raster/support.ts';

/** Patches of few colours, some of them transparent, so that there are regions to find. */
function patchwork(rect: Rect, random: number): Raster {
  const next = stream(random);
  const { width, height } = rect;
  const data = new Uint8Array(width * height * 4);
  const block = 1 + Math.floor(next() * 12);
  const across = Math.ceil(width / block);
  const colours = Array.from({ length: across * Math.ceil(height / block) }, () => {
    const shade = Math.floor(next() * 4) * 20;
    return [shade, shade + Math.floor(next() * 3) * 9, 100, next() < 0.1 ? 0 : next() < 0.2 ? 240 : 255];
  });
  for (let i = 0; i < width * height; i++) {
    const colour =
      colours[Math.floor(Math.floor(i / width) / block) * across + Math.floor((i % width) / block)]!;
    data.set(next() < 0.02 ? [7, 7, 7, 255] : colour, 4 * i);
  }
  return fromFlat(rect, 4, data);
}

function distance(a: Uint8Array, b: Uint8Array): number {
  if (a[3] === 0 || b[3] === 0) return Math.abs(a[3]! - b[3]!);
  return Math.max(...a.map((value, c) => Math.abs(value - b[c]!)));
}

/** What the wand selects wholly, pixel by pixel: flat, of the canvas. */
function naive(
  picture: Raster,
  canvas: Rect,
  x: number,
  y: number,
  tolerance: number,
  contiguous: boolean,
): boolean[] {
  const pixels = readRect(picture, canvas);
  const colour = sampleAt(picture, x, y);
  const near = Array.from(
    { length: canvas.width * canvas.height },
    (_, i) => distance(pixels.subarray(4 * i, 4 * i + 4), colour) <= tolerance,
  );
  if (!contiguous) return near;
  const found = near.map(() => false);
  const open = [(y - canvas.y) * canvas.width + x - canvas.x];
  for (let i = open.pop(); i !== undefined; i = open.pop()) {
    if (found[i] || !near[i]) continue;
    found[i] = true;
    const column = i % canvas.width;
    if (column > 0) open.push(i - 1);
    if (column + 1 < canvas.width) open.push(i + 1);
    if (i >= canvas.width) open.push(i - canvas.width);
    if (i + canvas.width < near.length) open.push(i + canvas.width);
  }
  return found;
}

/** Coverage as flat pixels of the canvas. */
function spread(coverage: Coverage, canvas: Rect): Uint8Array {
  const none = empty(canvas, 1);
  return readRect(applyPatch(none, combine(none, coverage, 'replace')), canvas);
}

const place = fc.tuple(
  rects(280),
  fc.double({ min: 0, max: 0.999, noNaN: true }),
  fc.double({ min: 0, max: 0.999, noNaN: true }),
);

describe('the wand', () => {
  test('selects wholly what a plain flood finds, and in part only what touches it', () => {
    fc.assert(
      fc.property(
        place,
        seed,
        fc.integer({ min: 0, max: 80 }),
        fc.boolean(),
        ([canvas, u, v], random, tolerance, contiguous) => {
          const picture = patchwork(canvas, random);
          const x = canvas.x + Math.floor(u * canvas.width);
          const y = canvas.y + Math.floor(v * canvas.height);
          const coverage = wand(picture, canvas, x + 0.5, y + 0.5, { tolerance, contiguous });
          expect(containsRect(canvas, coverage.rect)).toBe(true);
          const got = spread(coverage, canvas);
          const expected = naive(picture, canvas, x, y, tolerance, contiguous);
          const { width } = canvas;
          let wrong = 0;
          got.forEach((value, i) => {
            if ((value === 255) !== expected[i]) wrong++;
            if (value === 0 || value === 255) return;
            const column = i % width;
            const beside = [column > 0 && i - 1, column + 1 < width && i + 1, i - width, i + width];
            if (!beside.some((at) => at !== false && expected[at] === true)) wrong++;
          });
          expect(wrong).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('follows the edges of the picture: soft where they are soft, hard where they are hard', () => {
    const canvas = { x: 0, y: 0, width: 10, height: 4 };
    const grey = [50, 50, 50, 100, 200, 200, 50, 50, 200, 200];
    const row = grey.flatMap((value) => [value, value, value, 255]);
    const picture = fromFlat(canvas, 4, Uint8Array.from([...row, ...row, ...row, ...row]));
    const { rect, data } = wand(picture, canvas, 0, 0, { tolerance: 20, contiguous: true });
    expect(rect).toEqual({ x: 0, y: 0, width: 4, height: 4 });
    // 100 is two thirds of 50 and one of 200.
    expect([...data.subarray(0, 4)]).toEqual([255, 255, 255, 170]);
    const all = wand(picture, canvas, 0, 0, { tolerance: 20, contiguous: false });
    expect(all.rect).toEqual({ x: 0, y: 0, width: 9, height: 4 });
    expect([...all.data.subarray(9, 18)]).toEqual([255, 255, 255, 170, 0, 0, 255, 255, 0]);
  });

  test('takes all that is transparent for one colour', () => {
    const canvas = { x: -3, y: 0, width: 600, height: 2 };
    const data = new Uint8Array(600 * 2 * 4);
    for (let i = 0; i < 40; i++) data.set([i, 255, 9, 0], 4 * i);
    data.set([0, 0, 0, 255], 4 * 300);
    data.set([0, 0, 0, 255], 4 * 900);
    const { rect } = wand(fromFlat(canvas, 4, data), canvas, 0, 0, { tolerance: 0, contiguous: true });
    expect(rect).toEqual({ x: -3, y: 0, width: 301, height: 2 });
    const beyond = wand(empty(canvas, 4), canvas, 0, 0, { tolerance: 0, contiguous: true });
    expect(beyond.data.every((value) => value === 255)).toBe(true);
    expect(beyond.rect).toEqual(canvas);
  });

  test('selects nothing outside the canvas', () => {
    const canvas = { x: 0, y: 0, width: 9, height: 9 };
    const options = { tolerance: 255, contiguous: false };
    expect(wand(empty(canvas, 4), canvas, 9, 3, options).data.length).toBe(0);
    expect(wand(empty(canvas, 4), canvas, 3, -0.1, options).data.length).toBe(0);
  });

  test('stops when it is told to', () => {
    const canvas = { x: 0, y: 0, width: 900, height: 900 };
    const picture = empty(canvas, 4);
    const aborted = { aborted: true };
    const nearby = { tolerance: 5, contiguous: false };
    expect(() => wand(picture, canvas, 0, 0, nearby, aborted)).toThrow('Stopped.');
    expect(() => colourRange(picture, canvas, [0, 0, 0, 0], 5, aborted)).toThrow('Stopped.');
  });
});

describe('colourRange', () => {
  test('is full up to half of the fuzziness, and falls to nothing beyond it', () => {
    const canvas = { x: 0, y: 0, width: 256, height: 1 };
    const data = Uint8Array.from({ length: 1024 }, (_, i) => (i % 4 === 3 ? 255 : i >> 2));
    const picture = fromFlat(canvas, 4, data);
    for (const fuzziness of [0, 1, 40, 100]) {
      const got = spread(colourRange(picture, canvas, [100, 100, 100, 255], fuzziness), canvas);
      got.forEach((value, i) => {
        const away = Math.abs(i - 100);
        if (away <= fuzziness / 2) expect(value).toBe(255);
        if (away < fuzziness) expect(value).toBeGreaterThan(0);
        if (away > fuzziness) expect(value).toBe(0);
        if (i > 100) expect(value).toBeLessThanOrEqual(got[i - 1]!);
      });
    }
  });

  test('keeps to what it found, and to the canvas', () => {
    const rect = { x: -20, y: -20, width: 300, height: 40 };
    const white = fromFlat(rect, 4, new Uint8Array(300 * 40 * 4).fill(255));
    const canvas = { x: 0, y: 0, width: 9, height: 9 };
    expect(colourRange(white, canvas, [255, 255, 255, 255], 10).rect).toEqual(canvas);
    expect(colourRange(white, canvas, [0, 0, 0, 255], 10).data.length).toBe(0);
  });
});

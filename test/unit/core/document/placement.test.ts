import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  drawPiece,
  flipped,
  movedTo,
  placedAround,
  placementRect,
  settledAngle,
} from '../../../../core/document/placement.ts';
import { matchColours } from '../../../../core/document/colourMatch.ts';
import { fromFlat, readRect } from '../../../../core/raster/flat.ts';
import type { Raster } from '../../../../core/raster/raster.ts';
import { seed } from '../pixels/random.ts';
import { noiseRaster, rects } from '../raster/support.ts';

function pixels({ raster }: { raster: Raster }): number[] {
  return [...readRect(raster, raster.rect)];
}

/** A raster whose pixels tell their place. */
function ramp(width: number, height: number): Raster {
  const data = Uint8Array.from({ length: 4 * width * height }, (_, i) =>
    i % 4 === 3 ? 255 : (i >> 2) % 251,
  );
  return fromFlat({ x: 0, y: 0, width, height }, 4, data);
}

describe('a placed piece', () => {
  test('keeps its very pixels where it is only moved', () => {
    fc.assert(
      fc.property(rects(24), rects(24), seed, (rect, to, random) => {
        const source = noiseRaster(rect, 4, random);
        const placement = movedTo(placedAround(source, { x: 3.2, y: -1 }), to);
        const piece = drawPiece(source, placement);
        expect(piece).toEqual({ raster: source, x: to.x, y: to.y });
      }),
      { numRuns: 20 },
    );
  });

  test('is turned by right angles and mirrored without another colour, and comes back', () => {
    const source = ramp(5, 3);
    const placement = placedAround(source, { x: 10, y: 10 });
    const right = drawPiece(source, { ...placement, angle: 90 });
    expect(right.raster.rect).toMatchObject({ width: 3, height: 5 });
    // The first row is the last column by then.
    expect([0, 1, 2, 3, 4].map((row) => pixels(right)[4 * (3 * row + 2)])).toEqual([0, 1, 2, 3, 4]);
    const across = flipped(placement, 'horizontal');
    expect(pixels(drawPiece(source, across)).filter((_, i) => i % 4 === 0).slice(0, 5)).toEqual([4, 3, 2, 1, 0]); // prettier-ignore
    const both = flipped(across, 'vertical');
    expect(pixels(drawPiece(source, both))).toEqual(pixels(drawPiece(source, { ...placement, angle: 180 })));
    expect(flipped(flipped({ ...placement, angle: 33 }, 'vertical'), 'vertical').angle).toBe(33);
  });

  test('is as large as it is placed, and transparent beside what is turned', () => {
    const source = fromFlat({ x: 0, y: 0, width: 20, height: 20 }, 4, new Uint8Array(1600).fill(200));
    const placement = { ...placedAround(source, { x: 0, y: 0 }), width: 40, height: 10, angle: 45 };
    const { width, height } = placementRect(placement);
    expect([width, height]).toEqual([36, 36]); // (40 + 10) / sqrt(2)
    const { raster, x, y } = drawPiece(source, placement);
    expect([raster.rect.width, raster.rect.height, x, y]).toEqual([36, 36, -18, -18]);
    const alpha = (px: number, py: number): number =>
      readRect(raster, { x: raster.rect.x + px, y: raster.rect.y + py, width: 1, height: 1 })[3]!;
    expect([alpha(0, 35), alpha(18, 18), alpha(35, 0)]).toEqual([0, 200, 0]);
  });

  test('has angles from -180 to 180', () => {
    expect([190, -190, 180, -180, 720, 33].map(settledAngle)).toEqual([-170, 170, 180, 180, 0, 33]);
  });
});

describe('matched colours', () => {
  function noisy(mean: number, spread: number): Raster {
    const data = Uint8Array.from({ length: 4 * 64 * 64 }, (_, i) =>
      i % 4 === 3 ? 255 : mean + ((i >> 2) % 2 === 0 ? -spread : spread),
    );
    return fromFlat({ x: 0, y: 0, width: 64, height: 64 }, 4, data);
  }
  const whole = { x: 0, y: 0, width: 64, height: 64 };

  test('have the mean and the spread of what is around, as far as is asked for', () => {
    const [piece, picture] = [noisy(60, 10), noisy(150, 16)];
    const full = matchColours(piece, picture, whole, 1)!;
    expect(full.gain[0]).toBeCloseTo(1.6, 5);
    expect(60 * full.gain[0] + full.offset[0]).toBeCloseTo(150, 5);
    const half = matchColours(piece, picture, whole, 0.5)!;
    expect([half.gain[1], 60 * half.gain[1] + half.offset[1]]).toEqual([expect.closeTo(1.3, 5), expect.closeTo(105, 5)]); // prettier-ignore
    const laid = drawPiece(piece, placedAround(piece, { x: 0, y: 0 }), { opacity: 1, colours: full });
    expect(pixels(laid).slice(0, 8)).toEqual([134, 134, 134, 255, 166, 166, 166, 255]);
  });

  test('are left alone where nothing is around', () => {
    const nothing = fromFlat(whole, 4, new Uint8Array(4 * 64 * 64));
    expect(matchColours(noisy(60, 10), nothing, whole, 1)).toBeNull();
  });
});

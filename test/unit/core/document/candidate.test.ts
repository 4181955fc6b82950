import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyChange } from '../../../../core/document/applyChange.ts';
import { applyCandidate } from '../../../../core/document/candidate.ts';
import { beginOriginalBack } from '../../../../core/document/originalBack.ts';
import { readRect } from '../../../../core/raster/flat.ts';
import { applyPatch } from '../../../../core/raster/patch.ts';
import { tileKey } from '../../../../core/raster/tileKey.ts';
import { beginStroke, endStroke, strokeTo } from '../../../../core/selection/stroke.ts';
import { noiseMask, noisePicture, seed } from '../pixels/random.ts';
import { forEachPixel, isInside, rects } from '../raster/support.ts';
import { noiseDocument, paint } from './support.ts';

describe('applyCandidate', () => {
  test('writes the pixels of the selection, and no others', () => {
    fc.assert(
      fc.property(rects(), rects(), rects(), rects(), seed, (canvas, a, b, region, random) => {
        const document = noiseDocument(canvas, random);
        const patches = [a, b].map((rect, i) => ({
          rect,
          data: noisePicture(rect.width, rect.height, i).data,
        }));
        const selection = { rect: region, data: noiseMask(region.width, region.height, random).data };
        const before = readRect(document.picture, canvas);
        const after = readRect(
          applyPatch(document.picture, applyCandidate(document, patches, selection)),
          canvas,
        );
        let wrong = 0;
        let i = 0;
        forEachPixel(canvas, (x, y) => {
          const selected = isInside(region, x, y) && at(selection, x, y, 1) > 0;
          const patch = selected ? patches.findLast(({ rect }) => isInside(rect, x, y)) : undefined;
          for (let c = 0; c < 4; c++, i++)
            if (after[i] !== (patch ? at(patch, x, y, 4, c) : before[i])) wrong++;
        });
        expect(wrong).toBe(0);
      }),
      { numRuns: 20 },
    );
  });

  test('that looks like the picture changes nothing', () => {
    const canvas = { x: 0, y: 0, width: 30, height: 30 };
    const document = noiseDocument(canvas);
    const patch = { rect: canvas, data: readRect(document.picture, canvas) };
    const all = { rect: canvas, data: new Uint8Array(900).fill(255) };
    expect(applyCandidate(document, [patch], all).changes).toEqual([]);
  });
});

describe('the brush that paints the original back', () => {
  const canvas = { x: -9, y: -9, width: 300, height: 300 };

  test('mixes the original in as much as the same stroke would select, and nowhere else', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const point = fc.record({
      x: fc.integer({ min: -40, max: 330 }),
      y: fc.integer({ min: -40, max: 330 }),
      pressure: share,
    });
    const brushes = fc.record({ size: fc.integer({ min: 1, max: 120 }), hardness: share, opacity: share });
    fc.assert(
      fc.property(seed, brushes, fc.array(point, { minLength: 1, maxLength: 4 }), (random, brush, points) => {
        const opened = noiseDocument(canvas, random);
        const document = applyChange(opened, paint(opened, canvas, random + 1));
        const back = beginOriginalBack(document, brush);
        const select = beginStroke(document.selection, { ...brush, mode: 'add' });
        for (const point of points) {
          strokeTo(back, point);
          strokeTo(select, point);
        }
        const after = applyChange(document, { picture: endStroke(back), selection: endStroke(select) });
        const amount = readRect(after.selection, canvas);
        const [from, to, got] = [document.picture, document.original, after.picture].map((raster) =>
          readRect(raster, canvas),
        );
        let wrong = 0;
        for (let i = 0; i < amount.length; i++) {
          for (let j = 4 * i; j < 4 * i + 4; j++) {
            if (amount[i] === 0 && got![j] !== from![j]) wrong++;
            if (amount[i] === 255 && got![j] !== to![j]) wrong++;
          }
          const alpha = (from![4 * i + 3]! * (255 - amount[i]!) + to![4 * i + 3]! * amount[i]!) / 255;
          if (Math.abs(got![4 * i + 3]! - alpha) > 0.51) wrong++;
        }
        expect(wrong).toBe(0);
      }),
      { numRuns: 20 },
    );
  });

  test('brings back what it passes over, and nothing else', () => {
    const opened = noiseDocument(canvas);
    const document = applyChange(opened, paint(opened, canvas, 5));
    const stroke = beginOriginalBack(document, { size: 40, hardness: 1, opacity: 1 });
    strokeTo(stroke, { x: 50, y: 50, pressure: 1 });
    strokeTo(stroke, { x: 150, y: 50, pressure: 1 });
    const { picture } = applyChange(document, { picture: endStroke(stroke) });
    const [from, to, got] = [document.picture, document.original, picture].map((raster) =>
      readRect(raster, canvas),
    );
    let wrong = 0;
    let i = 0;
    forEachPixel(canvas, (x, y) => {
      const distance = Math.hypot(Math.max(0, 50 - x - 0.5, x + 0.5 - 150), y + 0.5 - 50);
      for (let c = 0; c < 4; c++, i++) {
        if (distance < 19 && got![i] !== to![i]) wrong++;
        if (distance > 21 && got![i] !== from![i]) wrong++;
      }
    });
    expect(wrong).toBe(0);
  });

  test('shares the tiles that it brings back wholly, and copies none that need nothing', () => {
    const opened = noiseDocument(canvas);
    const document = applyChange(opened, paint(opened, { x: 10, y: 10, width: 9, height: 9 }, 5));
    const stroke = beginOriginalBack(document, { size: 90, hardness: 1, opacity: 1 });
    strokeTo(stroke, { x: 10, y: 10, pressure: 1 });
    expect(stroke.raster.tiles.get(tileKey(-1, 0))).toBe(document.original.tiles.get(tileKey(-1, 0)));
    const { picture } = applyChange(document, { picture: endStroke(stroke) });
    expect(picture.tiles.get(tileKey(0, 0))).toBe(document.original.tiles.get(tileKey(0, 0)));
  });
});

function at(
  { rect, data }: { rect: { x: number; y: number; width: number }; data: Uint8Array },
  x: number,
  y: number,
  channels: number,
  c = 0,
): number {
  return data[((y - rect.y) * rect.width + x - rect.x) * channels + c]!;
}

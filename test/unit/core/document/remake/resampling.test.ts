import { describe, expect, test } from 'vitest';
import { applyChange } from '../../../../../core/document/applyChange.ts';
import type { Document } from '../../../../../core/document/document.ts';
import { documentOf } from '../../../../../core/document/document.ts';
import { remakeDocument, type RemakeOptions } from '../../../../../core/document/remake/remakeDocument.ts';
import type { Remaking } from '../../../../../core/document/remake/remaking.ts';
import { resizing } from '../../../../../core/document/remake/resizing.ts';
import { rotating } from '../../../../../core/document/remake/rotating.ts';
import { turning } from '../../../../../core/document/remake/turning.ts';
import { readRect } from '../../../../../core/raster/flat.ts';
import { fillRect } from '../../../../../core/raster/write.ts';
import { noiseDocument } from '../support.ts';

const CANVAS = { x: -40, y: 30, width: 400, height: 290 }; // crosses tiles

async function remade(before: Document, remaking: Remaking, options?: RemakeOptions): Promise<Document> {
  return applyChange(before, await remakeDocument(before, remaking, {}, options));
}

/** A smooth picture whose colours follow from where they are. */
function smooth(width: number, height: number): Document {
  const data = new Uint8Array(4 * width * height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 4) {
      data.set([20 + (200 * (x + 0.5)) / width, 20 + (200 * (y + 0.5)) / height, 90, 255], i);
    }
  }
  return documentOf({ width, height, data });
}

function pixel({ picture }: Document, x: number, y: number): number[] {
  return [...readRect(picture, { x, y, width: 1, height: 1 })];
}

describe('resizing', () => {
  test('to the same size changes no pixel', async () => {
    const before = noiseDocument(CANVAS);
    const opaque = await remade(before, resizing(CANVAS, CANVAS));
    expect(Buffer.compare(readRect(opaque.picture, CANVAS), readRect(before.picture, CANVAS))).toBe(0);
  });

  test.each([
    [800, 580],
    [150, 97],
    [1000, 40],
  ])('to %i x %i px keeps colours where they were', async (width, height) => {
    const before = smooth(400, 290);
    const after = await remade(before, resizing(before.canvas, { width, height }));
    expect(after.canvas).toEqual({ x: 0, y: 0, width, height });
    for (const [u, v] of [
      [0.1, 0.2],
      [0.5, 0.5],
      [0.9, 0.7],
    ] as const) {
      // prettier-ignore
      const [red, green, blue, alpha] = pixel(after, Math.floor(u * width), Math.floor(v * height));
      expect(Math.abs(red! - (20 + 200 * u))).toBeLessThan(4);
      expect(Math.abs(green! - (20 + 200 * v))).toBeLessThan(6);
      expect([blue, alpha]).toEqual([90, 255]);
    }
    expect(readRect(after.picture, after.canvas).every((value, i) => i % 4 !== 3 || value === 255)).toBe(
      true,
    );
  });

  test('takes the selection along', async () => {
    const before = smooth(100, 100);
    const selection = fillRect(before.selection, { x: 20, y: 20, width: 40, height: 40 }, 255);
    const after = await remade(applyChange(before, { selection }), resizing(before.canvas, { width: 50, height: 50 })); // prettier-ignore
    const at = (x: number, y: number) => readRect(after.selection, { x, y, width: 1, height: 1 })[0];
    expect([at(20, 20), at(5, 5), at(40, 40)]).toEqual([255, 0, 0]);
  });

  test('lets nothing of what is transparent bleed in', async () => {
    const data = new Uint8Array(4 * 64 * 8);
    for (let i = 0; i < data.length; i += 4)
      data.set((i / 4) % 64 < 32 ? [200, 100, 50, 255] : [0, 255, 0, 0], i);
    const before = documentOf({ width: 64, height: 8, data });
    const after = await remade(before, resizing(before.canvas, { width: 23, height: 8 }));
    const pixels = readRect(after.picture, after.canvas);
    for (let i = 0; i < pixels.length; i += 4) {
      if (pixels[i + 3]! > 8) expect(Math.abs(pixels[i]! - 200)).toBeLessThan(12);
    }
  });
});

describe('rotating', () => {
  test('by right angles is turning', async () => {
    const before = noiseDocument(CANVAS);
    const centre = { x: CANVAS.x + CANVAS.width / 2, y: CANVAS.y + CANVAS.height / 2 };
    const frame = { centre, width: CANVAS.height, height: CANVAS.width, angle: 90 };
    const rotated = await remade(before, rotating(CANVAS, frame));
    const turned = await remade(before, turning(CANVAS, 'left'));
    const bytes = [rotated, turned].map(({ picture, canvas }) => readRect(picture, canvas)) as [
      Uint8Array,
      Uint8Array,
    ];
    expect(Buffer.compare(...bytes)).toBe(0);
  });

  test('sets upright what stands askew', async () => {
    const before = smooth(400, 290);
    const frame = { centre: { x: 200, y: 145 }, width: 120, height: 80, angle: 20 };
    const after = await remade(before, rotating(before.canvas, frame));
    expect(after.canvas).toEqual({ x: 140, y: 105, width: 120, height: 80 });
    const [cos, sin] = [Math.cos(Math.PI / 9), Math.sin(Math.PI / 9)];
    for (const [x, y] of [
      [145, 110],
      [200, 145],
      [250, 180],
    ] as const) {
      // prettier-ignore
      const [dx, dy] = [x + 0.5 - 200, y + 0.5 - 145];
      const [red, green] = pixel(after, x, y);
      expect(Math.abs(red! - (20 + (200 * (200 + cos * dx - sin * dy)) / 400))).toBeLessThan(2);
      expect(Math.abs(green! - (20 + (200 * (145 + sin * dx + cos * dy)) / 290))).toBeLessThan(2);
    }
  });

  test('leaves empty and, if asked, selects what the picture does not cover', async () => {
    const before = smooth(200, 100);
    const frame = { centre: { x: 100, y: 50 }, width: 240, height: 180, angle: -30 };
    const after = await remade(before, rotating(before.canvas, frame), { selectUncovered: true });
    const corner = { x: after.canvas.x, y: after.canvas.y, width: 1, height: 1 };
    const middle = { x: 100, y: 50, width: 1, height: 1 };
    expect(readRect(after.picture, corner)[3]).toBe(0);
    expect(readRect(after.picture, middle)[3]).toBe(255);
    expect([readRect(after.selection, corner)[0], readRect(after.selection, middle)[0]]).toEqual([255, 0]);
    const alpha = readRect(after.picture, after.canvas).filter((_, i) => i % 4 === 3);
    const selected = readRect(after.selection, after.canvas);
    expect(alpha.every((value, i) => value === 255 || selected[i] === 255)).toBe(true);
  });
});

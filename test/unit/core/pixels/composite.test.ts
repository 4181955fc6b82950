import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { composite } from '../../../../core/pixels/composite.ts';
import { pastePatch } from '../../../../core/pixels/crop.ts';
import { maskOf, noiseMask, noisePicture, noisePlanes, planesOf, seed, side } from './random.ts';

describe('composite', () => {
  test('leaves every pixel that is not selected as it is, bit for bit', () => {
    const offset = fc.integer({ min: -20, max: 20 });
    fc.assert(
      fc.property(
        fc.tuple(side, side, side, side, offset, offset),
        seed,
        fc.double({ min: 0, max: 12, noNaN: true }),
        fc.boolean(),
        ([width, height, fillWidth, fillHeight, x, y], random, feather, opaque) => {
          const picture = noisePicture(width, height, random, opaque);
          const before = picture.data.slice();
          const selection = noiseMask(width, height, random + 1);
          const rect = { x, y, width: fillWidth, height: fillHeight };
          const fill = noisePlanes(fillWidth, fillHeight, random + 2);
          const detail = noisePlanes(fillWidth, fillHeight, random + 3);
          const patch = composite({ picture, rect, fill, detail, selection, feather });
          expect(picture.data).toEqual(before);
          pastePatch(picture, patch);
          for (let i = 0; i < selection.data.length; i++) {
            const px = i % width;
            const py = Math.floor(i / width);
            const inRect = px >= x && px < x + fillWidth && py >= y && py < y + fillHeight;
            if (selection.data[i]! > 0 && inRect) continue;
            for (let c = 4 * i; c < 4 * i + 4; c++)
              if (picture.data[c] !== before[c]) expect.fail(`byte ${c}`);
          }
        },
      ),
    );
  });

  test('adds detail after the border has been met', () => {
    const picture = noisePicture(20, 20, 1);
    picture.data.fill(100);
    const selection = maskOf(20, 20, (x, y) => x >= 5 && x < 15 && y >= 5 && y < 15);
    const rect = { x: 0, y: 0, width: 20, height: 20 };
    const fill = planesOf(20, 20, () => 0.7);
    const detail = planesOf(20, 20, (x) => (x % 2 === 0 ? 10 : -10) / 255);
    pastePatch(picture, composite({ picture, rect, fill, detail, selection, feather: 0 }));
    for (let x = 0; x < 20; x++) {
      const expected = x < 5 || x >= 15 ? 100 : x % 2 === 0 ? 110 : 90;
      expect(picture.data[4 * (10 * 20 + x)]).toBe(expected);
    }
  });

  test('hides a constant error of the fill: no step at the border', () => {
    const truth = (x: number, y: number, c: number) => 90 + 40 * Math.sin(x / 17 + c) + 30 * Math.cos(y / 13);
    const width = 90;
    const height = 80;
    const data = new Uint8Array(width * height * 4).fill(255);
    const original = planesOf(width, height, truth).data.map(Math.round);
    for (let i = 0; i < width * height; i++) {
      for (let c = 0; c < 3; c++) data[4 * i + c] = original[c * width * height + i]!;
    }
    const picture = { width, height, data };
    const selection = maskOf(width, height, (x, y) => (x - 45) ** 2 + (y - 40) ** 2 < 30 ** 2);
    const fill = planesOf(width, height, (x, y, c) => (original[(c * height + y) * width + x]! + 13) / 255);
    const rect = { x: 0, y: 0, width, height };
    for (const feather of [0, 6]) {
      const patch = composite({ picture, rect, fill, selection, feather });
      const result = { width, height, data: data.slice() };
      pastePatch(result, patch);
      for (let i = 0; i < data.length; i++) expect(Math.abs(result.data[i]! - data[i]!)).toBeLessThan(1);
    }
  });

  test('spreads a varying error without a step', () => {
    const size = 64;
    const picture = { width: size, height: size, data: new Uint8Array(size * size * 4).fill(128) };
    for (let i = 3; i < picture.data.length; i += 4) picture.data[i] = 255;
    const selection = maskOf(size, size, (x, y) => x > 15 && x < 48 && y > 15 && y < 48);
    const fill = planesOf(size, size, (x, y) => (128 + x - y / 2) / 255);
    const patch = composite({
      picture,
      rect: { x: 0, y: 0, width: size, height: size },
      fill,
      selection,
      feather: 0,
    });
    for (let i = 0; i < patch.data.length; i += 4)
      expect(Math.abs(patch.data[i]! - 128)).toBeLessThanOrEqual(1);
  });

  test('makes transparent pixels opaque by as much as they are selected', () => {
    const picture = { width: 3, height: 1, data: new Uint8Array(12) };
    const selection = { width: 3, height: 1, data: Uint8Array.of(255, 128, 0) };
    const fill = planesOf(3, 1, () => 0.5);
    const rect = { x: 0, y: 0, width: 3, height: 1 };
    const { data } = composite({ picture, rect, fill, selection, feather: 0 });
    expect([...data]).toEqual([128, 128, 128, 255, 128, 128, 128, 128]);
  });

  test('does not fade into transparent pixels, however wide the feather', () => {
    const data = new Uint8Array(60 * 20 * 4);
    for (let i = 0; i < 1200; i++) if (i % 60 < 20) data.fill(255, 4 * i, 4 * i + 4);
    const picture = { width: 60, height: 20, data };
    const selection = maskOf(60, 20, (x) => x >= 20);
    const fill = planesOf(60, 20, () => 0.5);
    const rect = { x: 0, y: 0, width: 60, height: 20 };
    const patch = composite({ picture, rect, fill, selection, feather: 30 });
    expect(patch.rect).toEqual({ x: 20, y: 0, width: 40, height: 20 });
    // All opaque, and the constant error of the fill is taken out.
    for (const byte of patch.data) expect(byte).toBe(255);
  });

  test('fills only the part of the selection in the bounds', () => {
    const picture = noisePicture(20, 10, 1);
    const selection = maskOf(20, 10, () => true);
    const rect = { x: 0, y: 0, width: 20, height: 10 };
    const bounds = { x: 3, y: 2, width: 5, height: 4 };
    const patch = composite({ picture, rect, fill: noisePlanes(20, 10, 2), selection, feather: 0, bounds });
    expect(patch.rect).toEqual(bounds);
  });

  test('gives an empty patch where nothing is selected', () => {
    const picture = noisePicture(8, 8, 3);
    const rect = { x: 2, y: 2, width: 4, height: 4 };
    const patch = composite({
      picture,
      rect,
      fill: noisePlanes(4, 4, 4),
      selection: maskOf(8, 8, () => false),
      feather: 2,
    });
    expect(patch.data).toHaveLength(0);
    expect(patch.rect.width * patch.rect.height).toBe(0);
  });

  test('refuses a mask or a fill of another size', () => {
    const picture = noisePicture(8, 8, 3);
    const rect = { x: 0, y: 0, width: 8, height: 8 };
    const fill = noisePlanes(8, 8, 4);
    const all = { picture, rect, fill, selection: maskOf(8, 8, () => true), feather: 0 };
    expect(() => composite({ ...all, selection: maskOf(7, 8, () => true) })).toThrow('The mask is 7 x 8 px');
    expect(() => composite({ ...all, fill: noisePlanes(8, 7, 4) })).toThrow('A fill of 8 x 7 px');
  });
});

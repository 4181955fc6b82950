import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FrameTokens } from '../../../../core/document/document.ts';
import {
  paintTokens,
  pinTokens,
  sheetFrame,
  tokensOf,
  withTokens,
} from '../../../../core/document/tokenSheets.ts';
import { parseTokenFile, formatTokenFile } from '../../../../core/tokens/tokenFile.ts';
import { invertPatch, putTokens, setEdit } from '../../../../core/tokens/edit.ts';
import { cellAt } from '../../../../core/frames/cells.ts';
import { MASK } from '../../../../core/tokens/grid.ts';
import { seed } from '../pixels/random.ts';
import { framesAround, noiseTokens } from './tokens.ts';

const options = { downsample: 16, minSize: 64, window: { min: 8, max: 16 } };
const canvas = { x: -10, y: 5, width: 300, height: 200 };
const frame = { rect: { x: 0, y: 0, width: 128, height: 128 }, scale: 1, columns: 8, rows: 8 };

describe('sheetFrame', () => {
  test('is the frame that was chosen by hand', () => {
    const small = { ...frame, columns: 2, rows: 2 };
    expect(sheetFrame({ canvas, frame: small, tokens: [noiseTokens(frame, 1)] }, options)).toBe(small);
  });

  test('else that of the newest tokens on the canvas that the package can take', () => {
    const beside = { ...frame, rect: { ...frame.rect, x: 290 } };
    const small = { ...frame, columns: 7, rows: 8 };
    const tokens = [{ ...frame }, frame, small, beside].map((one) => noiseTokens(one, 1));
    expect(sheetFrame({ canvas, frame: null, tokens }, options)).toBe(frame);
  });

  test.each([
    // canvas, px per token, columns, rows
    [300, 200, 16, 19, 13],
    [1024, 64, 16, 64, 8],
    [1025, 700, 17, 61, 42],
    [6000, 4000, 94, 64, 43],
    [20, 30, 16, 8, 8],
  ])('else one around a canvas of %i x %i px', (width, height, unit, columns, rows) => {
    const whole = sheetFrame({ canvas: { x: -10, y: 5, width, height }, frame: null, tokens: [] }, options);
    const rect = { x: -10, y: 5, width: columns * unit, height: rows * unit };
    expect(whole).toEqual({ rect, scale: unit / 16, columns, rows });
    expect(rect.width >= width && rect.height >= height).toBe(true);
  });

  test('is around the whole canvas for a place that the others do not hold', () => {
    const far = { x: 250, y: 150 };
    const near = { x: 5, y: 5 };
    const tokens = [noiseTokens(frame, 1)];
    const whole = sheetFrame({ canvas, frame: null, tokens: [] }, options);
    expect(sheetFrame({ canvas, frame: null, tokens }, options, { at: far })).toEqual(whole);
    expect(sheetFrame({ canvas, frame, tokens: [] }, options, { at: far })).toEqual(whole);
    expect(sheetFrame({ canvas, frame, tokens: [] }, options, { at: near })).toBe(frame);
  });

  describe('on a picture that is larger than a grid', () => {
    const large = { x: -10, y: 5, width: 6000, height: 4000 };
    const document = { canvas: large, frame: null, tokens: [] };

    test('has tokens as fine as the zoom asks for, around where one works or looks', () => {
      const at = { x: 3000, y: 2000 };
      const close = sheetFrame(document, options, { at, unit: 30 });
      expect([close.rect.width / close.columns, close.columns, close.rows]).toEqual([24, 64, 64]); // 94, 47, 24
      expect(cellAt(close, at.x, at.y)).not.toBeNull();
      expect(sheetFrame(document, options, { centre: at, unit: 30 })).toEqual(close);
      expect(sheetFrame(document, options, { at, unit: 1 }).scale).toBe(1); // never finer than the model's own
      expect(sheetFrame(document, options, { at, unit: 94 })).toEqual(sheetFrame(document, options));
    });

    test('is the same for places that lie close, and holds each place of the picture', () => {
      const place = fc.record({
        x: fc.integer({ min: -10, max: 5989 }),
        y: fc.integer({ min: 5, max: 4004 }),
      });
      fc.assert(
        fc.property(place, fc.integer({ min: 1, max: 120 }), (at, unit) => {
          const found = sheetFrame(document, options, { at, unit });
          expect(cellAt(found, at.x, at.y)).not.toBeNull();
          const size = found.rect.width / found.columns;
          expect((found.rect.x + 10) % size).toBe(0);
        }),
      );
      const [one, other] = [1500, 1520].map((x) =>
        sheetFrame(document, options, { at: { x, y: 900 }, unit: 20 }),
      );
      expect(one).toEqual(other);
    });

    test('leaves coarser tokens that are known alone, and takes finer ones', () => {
      const whole = noiseTokens(sheetFrame(document, options), 1);
      const at = { x: 100, y: 100 };
      const seen = { ...document, tokens: [whole] };
      expect(sheetFrame(seen, options, { at, unit: 94 })).toBe(whole.frame);
      expect(sheetFrame(seen, options, { at, unit: 30 })).toMatchObject({ scale: 1.5 });
      const fine = noiseTokens(frame, 2);
      expect(sheetFrame({ ...seen, tokens: [whole, fine] }, options, { at, unit: 30 })).toBe(frame);
    });
  });

  test('has at least as many tokens as the tokenizer asks for', () => {
    const asked = { ...options, minSize: 256 };
    expect(sheetFrame({ canvas, frame: null, tokens: [] }, asked)).toMatchObject({ columns: 19, rows: 16 });
  });
});

describe('the list of tokens', () => {
  const other = { ...frame, rect: { ...frame.rect, x: 8 } };
  const first = noiseTokens(frame, 1);
  const second = noiseTokens(other, 2);
  const foreign = { ...noiseTokens(frame, 3), package: { id: 'base', sha256: 'other' } };
  const list = [first, second, foreign];

  test('has one of each frame and package, the newest last', () => {
    const newer = noiseTokens({ ...frame, rect: { ...frame.rect } }, 4);
    expect(withTokens(list, newer)).toEqual([second, foreign, newer]);
    expect(withTokens([], first)).toEqual([first]);
    expect(list).toHaveLength(3);
  });

  test('is asked by frame and package', () => {
    expect(tokensOf({ tokens: list }, { ...frame }, 'ab12')).toBe(first);
    expect(tokensOf({ tokens: list }, other, 'ab12')).toBe(second);
    expect(tokensOf({ tokens: list }, frame, 'other')).toBe(foreign);
    expect(tokensOf({ tokens: list }, { ...frame, columns: 4 }, 'ab12')).toBeNull();
  });
});

describe('painting', () => {
  const sheet: FrameTokens = { ...noiseTokens(frame, 1), pins: [4] };
  const put = (cells: number[], id: number) => putTokens(sheet.grid, setEdit(cells, id));

  test('says so in the cells that changed, and pins those in the hole', () => {
    const painted = paintTokens(sheet, put([1, 2, 3], 77), new Set([2, 9]));
    expect([1, 2, 3].map((cell) => painted.grid.ids[cell])).toEqual([77, 77, 77]);
    expect([1, 2, 3].map((cell) => painted.provenance[cell]!.kind)).toEqual(Array(3).fill('painted'));
    expect(painted.provenance.slice(4)).toEqual(sheet.provenance.slice(4));
    expect(painted.pins).toEqual([2, 4]);
    expect(sheet.grid.ids[1]).not.toBe(77);
  });

  test('takes the pins of what is erased away', () => {
    const erased = paintTokens(sheet, put([4, 5], MASK), new Set([4, 5]));
    expect(erased.pins).toEqual([]);
    expect([4, 5].map((cell) => erased.provenance[cell]!.kind)).toEqual(['missing', 'missing']);
  });

  test('by any edit leaves tokens that a file can hold, and its inverse brings the ids back', () => {
    const cells = fc.array(fc.nat(), { maxLength: 9 });
    fc.assert(
      fc.property(
        framesAround,
        seed,
        cells,
        cells,
        fc.integer({ min: MASK, max: 5 }),
        (any, random, some, hole, id) => {
          const tokens = noiseTokens(any, random);
          const within = (list: number[]) => list.map((cell) => cell % tokens.grid.ids.length);
          const patch = putTokens(tokens.grid, setEdit(within(some), id));
          const painted = paintTokens(tokens, patch, new Set(within(hole)));
          const { columns: width, rows: height, rect, scale } = any;
          const file = {
            ...painted,
            format: 1 as const,
            width,
            height,
            ids: [...painted.grid.ids],
            frame: { rect, scale },
          };
          expect(() => parseTokenFile(formatTokenFile(file), 'it')).not.toThrow();
          expect(paintTokens(painted, invertPatch(patch), new Set()).grid).toEqual(tokens.grid);
        },
      ),
    );
  });
});

describe('pinTokens', () => {
  const sheet: FrameTokens = { ...noiseTokens(frame, 1), pins: [4] };
  const missing = sheet.grid.ids.indexOf(MASK);

  test('pins and unpins what has a token', () => {
    expect(missing).toBeGreaterThan(0);
    expect(pinTokens(sheet, [9, 1, missing, 4], true).pins).toEqual([1, 4, 9]);
    expect(pinTokens(sheet, [9, 4], false).pins).toEqual([]);
  });

  test('is the same object where nothing changes', () => {
    expect(pinTokens(sheet, [4, missing], true)).toBe(sheet);
    expect(pinTokens(sheet, [5], false)).toBe(sheet);
  });
});

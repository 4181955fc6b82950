import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Tokenizer } from '../../../../core/model/tokenizer.ts';
import type { Planes } from '../../../../core/pixels/picture.ts';
import { decodeRegion, tileAxis, tiled } from '../../../../core/model/tiling.ts';
import { noisePlanes } from '../pixels/random.ts';

const downsample = 4;

/** Encodes and decodes with a box filter of `reach` tokens, as a stack of convolutions would; notes what it was given. */
function convolutional(reach: number, minSize = 8): Tokenizer & { readonly largest: () => number } {
  let largest = 0;
  return {
    downsample,
    codes: 1 << 20,
    minSize,
    tileOverlap: reach,
    largest: () => largest,
    encode: ({ width, height, data }: Planes) => {
      largest = Math.max(largest, width / downsample, height / downsample);
      const columns = width / downsample;
      const rows = height / downsample;
      const ids = new Int32Array(columns * rows);
      for (let r = 0; r < rows; r++) {
        for (let c = 0; c < columns; c++) {
          let sum = 0;
          for (let y = (r - reach) * downsample; y < (r + reach + 1) * downsample; y++) {
            for (let x = (c - reach) * downsample; x < (c + reach + 1) * downsample; x++) {
              if (x >= 0 && y >= 0 && x < width && y < height) sum += Math.round(data[y * width + x]! * 99);
            }
          }
          ids[r * columns + c] = sum;
        }
      }
      return Promise.resolve({
        grid: { width: columns, height: rows, ids },
        distances: Float32Array.from(ids),
      });
    },
    decode: (grid) => {
      largest = Math.max(largest, grid.width, grid.height);
      const width = grid.width * downsample;
      const height = grid.height * downsample;
      const data = new Float32Array(3 * width * height);
      for (let i = 0; i < data.length; i++) {
        const x = Math.floor((i % width) / downsample);
        const y = Math.floor((Math.floor(i / width) % height) / downsample);
        let sum = i % 7;
        for (let r = Math.max(0, y - reach); r <= Math.min(grid.height - 1, y + reach); r++) {
          for (let c = Math.max(0, x - reach); c <= Math.min(grid.width - 1, x + reach); c++) {
            sum = Math.fround(sum + grid.ids[r * grid.width + c]!);
          }
        }
        data[i] = sum - (i % 7) + Math.floor(i / (width * height));
      }
      return Promise.resolve({ width, height, data });
    },
  };
}

const tokens = fc.integer({ min: 2, max: 14 });
const reaches = fc.integer({ min: 0, max: 2 });

describe('tiled', () => {
  test('encodes and decodes as the whole would be, in tiles no larger than allowed', async () => {
    await fc.assert(
      fc.asyncProperty(
        tokens,
        tokens,
        reaches,
        fc.integer({ min: 2, max: 9 }),
        async (width, height, reach, max) => {
          const frame = noisePlanes(width * downsample, height * downsample, width * 31 + height);
          const plain = convolutional(reach);
          const inner = convolutional(reach);
          const whole = await plain.encode(frame);
          const tokenizer = tiled(inner, max);
          const encoding = await tokenizer.encode(frame);
          expect(encoding).toEqual(whole);
          expect(await tokenizer.decode(whole.grid)).toEqual(await plain.decode(whole.grid));
          expect(inner.largest()).toBeLessThanOrEqual(Math.max(max, 2 * reach + 1));
        },
      ),
      { numRuns: 40 },
    );
  });

  test('gives no distances where the tokenizer gives none', async () => {
    const inner = convolutional(1);
    const silent: Tokenizer = {
      ...inner,
      encode: async (frame) => ({ ...(await inner.encode(frame)), distances: null }),
    };
    expect((await tiled(silent, 4).encode(noisePlanes(40, 8, 1))).distances).toBeNull();
  });

  test('stops between tiles', async () => {
    const tokenizer = tiled(convolutional(1), 4);
    await expect(tokenizer.encode(noisePlanes(40, 8, 1), { aborted: true })).rejects.toThrow('Stopped.');
  });
});

describe('decodeRegion', () => {
  test('gives the pixels that decoding the whole grid gives, from a small part of it', async () => {
    await fc.assert(
      fc.asyncProperty(tokens, tokens, reaches, fc.nat(9), fc.nat(9), async (width, height, reach, x, y) => {
        const cells = { x: x % width, y: y % height, width: 3, height: 2 };
        const grid = {
          width,
          height,
          ids: Int32Array.from({ length: width * height }, (_, i) => (i * 37) % 101),
        };
        const tokenizer = convolutional(reach);
        const { planes, rect } = await decodeRegion(tokenizer, grid, cells);
        const seen = tokenizer.largest();
        expect(seen).toBeLessThanOrEqual(3 + 2 * reach);
        const whole = await convolutional(reach).decode(grid);
        expect(rect.x).toBe(cells.x * downsample);
        expect(rect.width).toBe(Math.min(3, width - cells.x) * downsample);
        for (let i = 0; i < planes.data.length; i++) {
          const px = rect.x + (i % rect.width);
          const py = rect.y + (Math.floor(i / rect.width) % rect.height);
          const c = Math.floor(i / (rect.width * rect.height));
          expect(planes.data[i]).toBe(whole.data[(c * whole.height + py) * whole.width + px]);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('decodes at least the smallest size that the tokenizer takes', async () => {
    const tokenizer = convolutional(0, 24);
    const grid = { width: 10, height: 10, ids: new Int32Array(100) };
    const { rect } = await decodeRegion(tokenizer, grid, { x: 9, y: 0, width: 1, height: 1 });
    expect(tokenizer.largest()).toBe(6);
    expect(rect).toEqual({ x: 36, y: 0, width: 4, height: 4 });
  });
});

describe('tileAxis', () => {
  test('keeps each position once, away from the inner sides of its tile', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.nat(8),
        fc.integer({ min: 1, max: 40 }),
        (axis, overlap, more) => {
          const size = 2 * overlap + more;
          let next = 0;
          for (const { start, length, from, to } of tileAxis(axis, size, overlap)) {
            expect(from).toBe(next);
            expect(to).toBeGreaterThan(from);
            expect(length).toBe(Math.min(size, axis));
            if (start > 0) expect(from - start).toBeGreaterThanOrEqual(overlap);
            if (start + length < axis) expect(start + length - to).toBeGreaterThanOrEqual(overlap);
            else expect(to).toBe(axis);
            next = to;
          }
          expect(next).toBe(axis);
        },
      ),
    );
  });
});

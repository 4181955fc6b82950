import { describe, expect, test } from 'vitest';
import { transferDetail, surroundings } from '../../../../../core/fill/detail/transferDetail.ts';
import type { DecodedCells } from '../../../../../core/fill/detail/features.ts';
import { findExemplars } from '../../../../../core/fill/detail/exemplars.ts';
import type { Picture } from '../../../../../core/pixels/picture.ts';
import { planesOf, stream } from '../../pixels/random.ts';
import { SIDE, UNIT, squareFrame } from './squareFrame.ts';

const COLUMNS = 12;
const WIDTH = COLUMNS * UNIT;
const { frame, everything, pictureOf } = squareFrame(COLUMNS);
const hole = Int32Array.of(5 * COLUMNS + 5, 5 * COLUMNS + 6, 6 * COLUMNS + 5, 6 * COLUMNS + 6);

/** What a decoder that knows nothing finer than a cell makes of a picture. */
function flat(value: number): DecodedCells {
  return { cells: everything, planes: planesOf(COLUMNS * SIDE, COLUMNS * SIDE, () => value / 255) };
}

const inHole = (x: number, y: number): boolean =>
  x >= 5 * UNIT && x < 7 * UNIT && y >= 5 * UNIT && y < 7 * UNIT;

describe('transferDetail', () => {
  test('gives back a texture that the tokens cannot carry', () => {
    const texture = (x: number, y: number): number =>
      128 + 24 * ((x >> 1) % 2) - 12 + 16 * ((y >> 2) % 2) - 8;
    const picture = pictureOf(texture);
    const detail = transferDetail(surroundings(picture, frame, hole, flat(128)), flat(128), 1);
    for (let y = 0; y < WIDTH; y++) {
      for (let x = 0; x < WIDTH; x++) {
        const expected = inHole(x, y) ? (texture(x, y) - 128) / 255 : 0;
        const near = x >= 4 * UNIT && x < 8 * UNIT && y >= 4 * UNIT && y < 8 * UNIT;
        // Beside the hole detail fades out; the selection never reaches there.
        if (inHole(x, y) || !near) expect(detail.data[y * WIDTH + x]).toBeCloseTo(expected, 5);
      }
    }
  });

  test('adds nothing to a smooth picture, and in proportion to its strength', () => {
    const smooth = transferDetail(
      surroundings(
        pictureOf(() => 90),
        frame,
        hole,
        flat(80),
      ),
      flat(80),
      1,
    );
    expect(Math.max(...smooth.data.map(Math.abs))).toBeLessThan(1e-6);
    const next = stream(1);
    const from = surroundings(
      pictureOf(() => 100 + Math.floor(50 * next())),
      frame,
      hole,
      flat(125),
    );
    const [half, full] = [transferDetail(from, flat(125), 0.5), transferDetail(from, flat(125), 1)];
    full.data.forEach((value, i) => {
      expect(half.data[i]).toBeCloseTo(value / 2, 6);
    });
  });

  test('takes less where nobody looks alike', () => {
    const next = stream(2);
    const from = surroundings(
      pictureOf(() => 100 + Math.floor(50 * next())),
      frame,
      hole,
      flat(125),
    );
    const energy = (value: number): number =>
      transferDetail(from, flat(value), 1).data.reduce((sum, x) => sum + x * x, 0);
    expect(energy(250)).toBeLessThan(0.1 * energy(125));
  });

  test('takes of a mark that is much stronger than what looks like it no more than is usual there', () => {
    const next = stream(4);
    const grain = (): number => 120 + Math.floor(17 * next());
    const noise = Float32Array.from({ length: WIDTH * WIDTH }, grain);
    // Beside the hole, and like all others when decoded: without a bound it would lend as the first.
    const marked = (x: number, y: number): boolean =>
      Math.floor(x / UNIT) === 5 && Math.floor(y / UNIT) === 3 && (x + y) % 2 === 0;
    const from = surroundings(
      pictureOf((x, y) => (marked(x, y) ? 250 : noise[y * WIDTH + x]!)),
      frame,
      hole,
      flat(128),
    );
    const loudest = Math.max(...transferDetail(from, flat(128), 1).data.map(Math.abs));
    expect(Math.max(...from.contrast)).toBeGreaterThan(0.15);
    expect(loudest).toBeLessThan(0.1);
    const gainLimit = { ...from, contrast: from.contrast.fill(1) };
    expect(Math.max(...transferDetail(gainLimit, flat(128), 1).data.map(Math.abs))).toBeGreaterThan(0.3);
  });

  test('does not depend on what lies in the hole', () => {
    const next = stream(3);
    const noise = Float32Array.from({ length: WIDTH * WIDTH }, () => 255 * next());
    const known = pictureOf((x, y) => noise[y * WIDTH + x]!);
    const other = pictureOf((x, y) => (inHole(x, y) ? 7 : noise[y * WIDTH + x]!));
    const detailOf = (picture: Picture) =>
      transferDetail(surroundings(picture, frame, hole, flat(128)), flat(128), 1);
    expect(detailOf(other)).toEqual(detailOf(known));
  });

  test('is nothing where nobody can lend', () => {
    const all = Int32Array.from({ length: COLUMNS * COLUMNS }, (_, cell) => cell);
    const detail = transferDetail(
      surroundings(
        pictureOf((x) => x % 256),
        frame,
        all,
        flat(128),
      ),
      flat(128),
      1,
    );
    expect(detail.data.every((value) => value === 0)).toBe(true);
  });
});

describe('findExemplars', () => {
  const picture = pictureOf(() => 100);
  const rowsAndColumns = (cells: Int32Array): [number, number][] =>
    Array.from(cells, (cell) => [Math.floor(cell / COLUMNS), cell % COLUMNS]);

  test('takes cells whose neighbours are known too', () => {
    const { cells, indexOf } = findExemplars(picture, frame, hole, flat(100));
    expect(cells).toHaveLength(10 * 10 - 4 * 4);
    for (const [row, column] of rowsAndColumns(cells)) {
      expect(Math.max(Math.abs(row - 5.5), Math.abs(column - 5.5))).toBeGreaterThan(2);
    }
    cells.forEach((cell, i) => {
      expect(indexOf[cell]).toBe(i);
    });
  });

  test('leaves out what lies outside the picture or is transparent', () => {
    const moved = { ...frame, rect: { ...frame.rect, x: -3 * UNIT } };
    const outside = findExemplars(picture, moved, hole, flat(100));
    expect(Math.min(...rowsAndColumns(outside.cells).map(([, column]) => column))).toBe(4);
    const clear = pictureOf(() => 100);
    clear.data[4 * (2 * UNIT * WIDTH + 2 * UNIT) + 3] = 254;
    const opaque = findExemplars(clear, frame, hole, flat(100));
    expect(opaque.cells).toHaveLength(84 - 9);
  });
});

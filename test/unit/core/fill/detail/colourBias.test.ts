import { describe, expect, test } from 'vitest';
import { surroundings } from '../../../../../core/fill/detail/transferDetail.ts';
import type { DecodedCells } from '../../../../../core/fill/detail/features.ts';
import { correctColourBias } from '../../../../../core/fill/detail/colourBias.ts';
import type { Planes } from '../../../../../core/pixels/picture.ts';
import { planesOf } from '../../pixels/random.ts';
import { SIDE, UNIT, squareFrame } from './squareFrame.ts';

const COLUMNS = 16;
const WIDTH = COLUMNS * UNIT;
const { frame, everything, pictureOf } = squareFrame(COLUMNS);
const middle = { x: 5, y: 5, width: 6, height: 6 };
const hole = Int32Array.from({ length: 36 }, (_, i) => (5 + Math.floor(i / 6)) * COLUMNS + 5 + (i % 6));

/** Two walls, as decoded: the left half of the frame in one shade, the right half in another. */
function walls(left: number, right: number, cells = everything): DecodedCells {
  const planes = planesOf(cells.width * SIDE, cells.height * SIDE, (i) => {
    const x = cells.x * SIDE + (i % (cells.width * SIDE));
    return (x < (COLUMNS * SIDE) / 2 ? left : right) / 255;
  });
  return { cells, planes };
}

/** A correction in levels, of the first channel, along the middle row of the hole. */
function along({ width, height, data }: Planes): number[] {
  const row = Math.floor(height / 2) * width;
  return Array.from(data.subarray(row, row + width), (value) => 255 * value);
}

describe('correctColourBias', () => {
  const picture = pictureOf((x) => (x < WIDTH / 2 ? 40 : 150));
  const { bias } = surroundings(picture, frame, hole, walls(63, 141));

  test('gives each wall its own shade back, up to where they meet', () => {
    const added = along(correctColourBias(bias, walls(63, 141, middle), COLUMNS, UNIT));
    expect(added).toHaveLength(6 * UNIT);
    for (const value of added.slice(0, 1.5 * UNIT)) expect(Math.abs(value + 23)).toBeLessThan(1);
    for (const value of added.slice(-1.5 * UNIT)) expect(Math.abs(value - 9)).toBeLessThan(1);
    for (let i = 1; i < added.length; i++) expect(added[i]! - added[i - 1]!).toBeGreaterThanOrEqual(-1e-4);
  });

  test('leaves alone what looks like nothing around it', () => {
    for (const value of along(correctColourBias(bias, walls(250, 250, middle), COLUMNS, UNIT))) {
      expect(value).toBeCloseTo(0, 3);
    }
  });

  test('knows nothing where everything is hole', () => {
    const all = Int32Array.from({ length: COLUMNS * COLUMNS }, (_, i) => i);
    const none = surroundings(picture, frame, all, walls(63, 141)).bias;
    expect(along(correctColourBias(none, walls(63, 141, middle), COLUMNS, UNIT)).every((v) => v === 0)).toBe(
      true,
    );
  });

  test('has no part of what is under the hole', () => {
    const hidden = pictureOf((x) => (x < WIDTH / 2 ? 40 : 150));
    for (let y = 5 * UNIT; y < 11 * UNIT; y++)
      hidden.data.fill(7, 4 * (y * WIDTH + 5 * UNIT), 4 * (y * WIDTH + 11 * UNIT));
    expect(surroundings(hidden, frame, hole, walls(63, 141)).bias).toEqual(bias);
  });
});

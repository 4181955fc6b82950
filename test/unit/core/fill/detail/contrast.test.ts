import { expect, test } from 'vitest';
import { contrastOf } from '../../../../../core/fill/detail/contrast.ts';
import { planesOf, stream } from '../../pixels/random.ts';
import { SIDE, squareFrame, UNIT } from './squareFrame.ts';

const COLUMNS = 5;
const { frame, everything, pictureOf } = squareFrame(COLUMNS);
const known = {
  cells: everything,
  planes: planesOf(COLUMNS * SIDE, COLUMNS * SIDE, () => 100 / 255),
};
const middle = Int32Array.of(2 * COLUMNS + 2);

test('is the spread of what decoding lost, whatever its mean', () => {
  const stripe = (x: number): number => (Math.floor((x * SIDE) / UNIT) % 2 === 0 ? 112 : 88); // of one model px
  const contrast = (at: (x: number, y: number) => number) =>
    contrastOf(pictureOf(at), frame, known, middle)[0];
  expect(contrast(() => 100)).toBeCloseTo(0, 6);
  expect(contrast(() => 140)).toBeCloseTo(0, 6);
  expect(contrast(stripe)).toBeCloseTo(12 / 255, 6);
  expect(contrast((x) => stripe(x) + 30)).toBeCloseTo(12 / 255, 6);
});

test('hears a quarter of a cell around, and nothing beyond', () => {
  const contrast = (from: number) => {
    const picture = pictureOf((x) => (x >= from ? 100 + 40 * (x % 4 < 2 ? 1 : -1) : 100));
    return contrastOf(picture, frame, known, middle)[0]!;
  };
  expect(contrast(3 * UNIT + UNIT / 4)).toBeCloseTo(0, 6);
  expect(contrast(3 * UNIT)).toBeGreaterThan(0.02);
});

test('is the mean energy of the three channels', () => {
  const picture = pictureOf(() => 100);
  const next = stream(1);
  for (let i = 0; i < picture.data.length; i += 4) picture.data[i] = next() < 0.5 ? 130 : 70;
  const [contrast] = contrastOf(picture, frame, known, middle);
  expect(contrast).toBeCloseTo(30 / 255 / Math.sqrt(3), 2);
});

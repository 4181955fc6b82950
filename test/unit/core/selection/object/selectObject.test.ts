import { describe, expect, test } from 'vitest';
import type { Mask } from '../../../../../core/pixels/masks/mask.ts';
import type { Picture } from '../../../../../core/pixels/picture.ts';
import {
  type ObjectStroke,
  refineObject,
  selectObject,
} from '../../../../../core/selection/object/selectObject.ts';
import { stream } from '../../pixels/random.ts';

const SIZE = { width: 240, height: 180 };
const DISC = { x: 90, y: 80, radius: 34 };

/** A red disc with a green spot on noisy sand; a second red disc at the right. */
function scene(scale = 1): Picture {
  const [width, height] = [SIZE.width * scale, SIZE.height * scale];
  const next = stream(3);
  const data = new Uint8Array(4 * width * height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 4) {
      const [px, py] = [x / scale, y / scale];
      const noise = 30 * next();
      const red = isDisc(px, py) || Math.hypot(px - 190, py - 90) < 20;
      const spot = Math.hypot(px - 95, py - 95) < 8;
      data.set(spot ? [40 + noise, 150, 60, 255] : red ? [180 + noise, 40, 40 + noise, 255] : [150 + noise, 130 + noise, 90, 255], i); // prettier-ignore
    }
  }
  return { width, height, data };
}

function isDisc(x: number, y: number): boolean {
  return Math.hypot(x - DISC.x, y - DISC.y) < DISC.radius;
}

function overlap({ width, data }: Mask, wanted: (x: number, y: number) => boolean): number {
  let [both, either] = [0, 0];
  data.forEach((value, i) => {
    const [has, should] = [value >= 128, wanted(i % width, Math.floor(i / width))];
    if (has && should) both++;
    if (has || should) either++;
  });
  return both / either;
}

const at = (x: number, y: number, adds = true): ObjectStroke => ({ adds, radius: 2, points: [{ x, y }] });

const STROKE: ObjectStroke = {
  adds: true,
  radius: 2,
  points: [
    { x: 65, y: 70 },
    { x: 90, y: 62 },
    { x: 112, y: 88 },
  ],
};

describe('selectObject', () => {
  test('finds by a click what is of one piece, and nothing that looks like it elsewhere', () => {
    const mask = selectObject(scene(), [at(80, 70)]);
    expect(overlap(mask, isDisc)).toBeGreaterThan(0.85);
    expect(mask.data[90 * SIZE.width + 190]).toBe(0);
  });

  test('finds by a rough stroke what lies along it', () => {
    expect(overlap(selectObject(scene(), [STROKE]), isDisc)).toBeGreaterThan(0.9);
  });

  test('takes away and adds what later strokes say, and keeps the rest', () => {
    const first = [at(80, 70)];
    const found = selectObject(scene(), first);
    const without = selectObject(scene(), [...first, at(95, 95, false)], found);
    expect(without.data[95 * SIZE.width + 95]).toBe(0);
    expect(without.data[65 * SIZE.width + 80]).toBe(255);
    const both = selectObject(scene(), [...first, at(190, 90)], found);
    expect(both.data[90 * SIZE.width + 190]).toBe(255);
    expect(both.data[65 * SIZE.width + 80]).toBe(255);
  });

  test('is the same for the same, and nothing without a stroke that adds', () => {
    const [one, other] = [selectObject(scene(), [STROKE]), selectObject(scene(), [STROKE])];
    expect(one.data.every((value, i) => value === other.data[i])).toBe(true);
    expect(selectObject(scene(), [at(80, 70, false)]).data.includes(255)).toBe(false);
  });
});

test('refineObject finds the border that only the larger picture has', () => {
  const coarse = selectObject(scene(), [STROKE]);
  const fine = refineObject(scene(2), coarse);
  expect([fine.width, fine.height]).toEqual([480, 360]);
  expect(overlap(fine, (x, y) => isDisc(x / 2, y / 2))).toBeGreaterThan(0.88);
});

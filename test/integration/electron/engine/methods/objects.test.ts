import { afterAll, beforeAll, expect, test } from 'vitest';
import { testEngine, type TestEngine } from '../harness.ts';

let engine: TestEngine;
let window: ReturnType<TestEngine['connect']>;
beforeAll(() => {
  engine = testEngine([]);
  window = engine.connect();
});
afterAll(() => {
  engine.stop();
});

test('the engine finds an object, refines it, and refuses what does not fit', async () => {
  const [width, height] = [64, 48];
  const picture = new Uint8Array(4 * width * height);
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const inside = x >= 20 && x < 44 && y >= 14 && y < 34;
    picture.set(inside ? [220, 60, 40, 255] : [60 + (x % 5), 90, 120 + (y % 7), 255], 4 * i);
  }
  const strokes = [{ adds: true, radius: 1, points: [{ x: 32, y: 24 }] }];
  const { mask } = await window.call('object.select', { width, height, picture, strokes, before: null });
  expect([mask[24 * width + 32], mask[5 * width + 5]]).toEqual([255, 0]);
  const coarse = { width, height, mask };
  const fine = await window.call('object.refine', { width, height, picture, coarse });
  expect(fine.mask).toHaveLength(width * height);
  await expect(
    window.call('object.select', { width, height: 49, picture, strokes, before: null }),
  ).rejects.toMatchObject({ code: 'input' });
});

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
  const [width, height] = [320, 240];
  const picture = new Uint8Array(4 * width * height);
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const inside = x >= 100 && x < 220 && y >= 70 && y < 170;
    picture.set(inside ? [220, 60, 40, 255] : [60 + (x % 5), 90, 120 + (y % 7), 255], 4 * i);
  }
  const strokes = [{ adds: true, radius: 1, points: [{ x: 160, y: 120 }] }];
  const { mask } = await window.call('object.select', { width, height, picture, strokes, before: null });
  expect([mask[120 * width + 160], mask[20 * width + 20]]).toEqual([255, 0]);
  const coarse = { width, height, mask };
  const fine = await window.call('object.refine', { width, height, picture, coarse });
  expect(fine.mask).toHaveLength(width * height);
  await expect(
    window.call('object.select', { width, height: 241, picture, strokes, before: null }),
  ).rejects.toThrow('object.select');
});

import { expect, test } from 'vitest';
import { encodeFrame, errorsOf } from '../../../../core/paint/encodeFrame.ts';
import { blending, frameAt } from './support.ts';

test('the error is the root mean square over the px and channels of a cell, of what can be seen', () => {
  const planes = { width: 4, height: 2, data: new Float32Array(24).fill(0.5) };
  const decoded = { width: 4, height: 2, data: new Float32Array(24).fill(0.5) };
  decoded.data[0] = 1.7; // shown as 1
  decoded.data[2] = 0.4;
  decoded.data[8 + 3] = 0.2;
  const [left, right] = errorsOf(planes, decoded, 2);
  expect(left).toBeCloseTo(255 * Math.sqrt(0.25 / 12), 4);
  expect(right).toBeCloseTo(255 * Math.sqrt((0.01 + 0.09) / 12), 4);
});

test('a frame that overhangs the canvas sees it mirrored', async () => {
  const frame = frameAt(-4, 0, 3, 2, 4);
  const region = { x: 0, y: 0, width: 8, height: 8 };
  const picture = new Uint8Array(8 * 8 * 4).map((_, i) => (i % 4 === 3 ? 255 : 17 * (1 + ((i >> 4) & 1))));
  const { grid, errors, distances } = await encodeFrame(blending, { frame, region, picture });
  expect([grid.width, grid.height]).toEqual([3, 2]);
  expect(distances).toBeNull();
  expect(errors).toHaveLength(6);
  expect(grid.ids[1]).toBe(1);
  expect(grid.ids[2]).toBe(2);
  expect(grid.ids[0]).toBe(2); // px -4 .. -1 are px 4 .. 1
});

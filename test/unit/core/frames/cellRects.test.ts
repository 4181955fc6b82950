import fc from 'fast-check';
import { expect, test } from 'vitest';
import { selectionToHole } from '../../../../core/frames/selectionToHole.ts';
import { cellRect, cellsMask } from '../../../../core/frames/cellRects.ts';
import { frames } from '../tokens/support.ts';

const frame = { rect: { x: -8, y: 16, width: 32, height: 16 }, scale: 1, columns: 4, rows: 2 };

test('cells are squares beside one another', () => {
  expect(cellRect(frame, 0)).toEqual({ x: -8, y: 16, width: 8, height: 8 });
  expect(cellRect(frame, 6)).toEqual({ x: 8, y: 24, width: 8, height: 8 });
});

test('squares are cut at the canvas', () => {
  const mask = cellsMask(frame, [0, 5], { x: -4, y: 18, width: 100, height: 100 });
  expect(mask.rect).toEqual({ x: -4, y: 18, width: 12, height: 14 });
  const rows = Array.from({ length: 14 }, (_, y) => [...mask.data.subarray(y * 12, (y + 1) * 12)]);
  expect(rows[0]).toEqual([255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0]);
  expect(rows[13]).toEqual([0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255]);
});

test('no cells, or none on the canvas, cover nothing', () => {
  const canvas = { x: 0, y: 0, width: 9, height: 9 };
  expect(cellsMask(frame, [], canvas)).toEqual({
    rect: { ...canvas, width: 0, height: 0 },
    data: new Uint8Array(),
  });
  expect(cellsMask(frame, [3], canvas).data).toHaveLength(0);
});

test('what is selected by cells makes a hole of the same cells', () => {
  const canvas = { x: 0, y: 0, width: 60, height: 50 };
  fc.assert(
    fc.property(frames, fc.array(fc.nat(80), { maxLength: 6 }), (any, some) => {
      const cells = some.map((cell) => cell % (any.columns * any.rows));
      const { rect, data } = cellsMask(any, cells, canvas);
      const whole = { width: canvas.width, height: canvas.height, data: new Uint8Array(60 * 50) };
      for (let y = 0; y < rect.height; y++) {
        whole.data.set(data.subarray(y * rect.width, (y + 1) * rect.width), (rect.y + y) * 60 + rect.x);
      }
      const seen = cells.filter((cell) => cellsMask(any, [cell], canvas).data.length > 0);
      expect([...selectionToHole(whole, any)]).toEqual([...new Set(seen)].sort((a, b) => a - b));
    }),
  );
});

import { expect, test } from 'vitest';
import { drawSwatches } from '../../../../core/paint/swatches.ts';
import { blending, CODES, pictureOf } from './support.ts';

test('a swatch is the middle of a field of its code', async () => {
  const done: number[] = [];
  const { side, field, pixels } = await drawSwatches(blending, {
    onSwatch: (count) => void done.push(count),
  });
  expect([side, field, pixels.length]).toEqual([12, 3, CODES * 12 * 12 * 4]);
  expect(done).toEqual(Array.from({ length: CODES }, (_, i) => i + 1));
  for (const code of [0, 7, CODES - 1]) {
    const one = await blending.decode({ width: 3, height: 3, ids: new Int32Array(9).fill(code) });
    expect(pixels.subarray(code * 576, (code + 1) * 576)).toEqual(pictureOf(one).data);
  }
});

test('drawing stops when asked to', async () => {
  const signal = { aborted: false };
  const stopped = drawSwatches(blending, { signal, onSwatch: (done) => void (signal.aborted = done === 3) });
  await expect(stopped).rejects.toMatchObject({ code: 'aborted' });
});

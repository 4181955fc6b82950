import { flushSync } from 'svelte';
import { expect, it } from 'vitest';
import {
  firstBrushSize,
  followBrushSize,
  nextBrushSize,
} from '../../../../renderer/commands/brushSize.svelte.ts';
import { createBench, openPicture } from '../support/editor.ts';

it('begins as large on a large picture as on a small one, as they are seen whole', () => {
  const share = (side: number) => firstBrushSize({ width: side, height: 100 }) / side;
  expect(share(6000)).toBeCloseTo(share(480), 1.7);
  expect(firstBrushSize({ width: 1, height: 1 })).toBe(1);
});

it('leads back with a step down to where a step up came from', () => {
  for (let size = 1; size < 2000; size = nextBrushSize(size, 1))
    expect(nextBrushSize(nextBrushSize(size, 1), -1)).toBe(size);
  expect([nextBrushSize(2000, 1), nextBrushSize(1, -1)]).toEqual([2000, 1]);
});

it('is of each picture, as it was left there', () => {
  const bench = createBench();
  const { editor } = bench;
  const stop = followBrushSize(editor);
  const small = openPicture(bench);
  flushSync();
  expect(editor.tools.size).toBe(firstBrushSize({ width: 300, height: 200 }));
  editor.tools.size = 33;
  flushSync();
  openPicture(bench, { x: 0, y: 0, width: 1200, height: 900 });
  flushSync();
  expect(editor.tools.size).toBe(firstBrushSize({ width: 1200, height: 900 }));
  editor.active = small;
  flushSync();
  expect(editor.tools.size).toBe(33);
  stop();
});

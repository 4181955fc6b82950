import type { FillOutcome, FillParams } from '../../../../core/ipc/engineApi.ts';
import type { PixelPatch } from '../../../../core/pixels/patch.ts';
import type { Rect } from '../../../../core/pixels/picture.ts';
import { createGrid } from '../../../../core/tokens/grid.ts';

/** A patch of one grey. */
export function greyPatch(rect: Rect, grey: number): PixelPatch {
  const data = new Uint8Array(rect.width * rect.height * 4).fill(grey);
  for (let i = 3; i < data.length; i += 4) data[i] = 255;
  return { rect, data };
}

/**
 * What a careless engine might answer: each candidate in a grey of its own (200, 201, ...), written over all of the
 * bounds, whether selected or not.
 */
export function outcomeFor({ frames, candidates, package: id }: FillParams): FillOutcome {
  const numbers = Array.from({ length: candidates }, (_, index) => index);
  return {
    candidates: numbers.map((index) => ({
      patches: frames.map(({ plan }) => greyPatch(plan.bounds, 200 + index)),
    })),
    frames: frames.map(({ plan: { frame } }) => ({
      hole: [0, 1, 2],
      candidates: numbers.map((index) => ({
        grid: createGrid(
          frame.columns,
          frame.rows,
          Array.from({ length: frame.columns * frame.rows }, () => index),
        ),
        provenance: [],
      })),
    })),
    package: { id, sha256: 'ab'.repeat(32) },
    selectedPixels: 1234,
    timings: {},
  };
}

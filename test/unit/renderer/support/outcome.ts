import type { FillOutcome, FillParams, FrameToFill } from '../../../../core/fill/params.ts';
import type { PixelPatch } from '../../../../core/pixels/picture.ts';
import type { Rect } from '../../../../core/base/geometry.ts';
import type { FillRequest } from '../../../../core/sampling/request.ts';
import { createGrid, MASK } from '../../../../core/tokens/grid.ts';
import type { Provenance } from '../../../../core/tokens/provenance.ts';

export const ENCODED_ID = 900; // of every token that was there before

/** A patch of one grey. */
export function greyPatch(rect: Rect, grey: number): PixelPatch {
  const data = new Uint8Array(rect.width * rect.height * 4).fill(grey);
  for (let i = 3; i < data.length; i += 4) data[i] = 255;
  return { rect, data };
}

/**
 * What a careless engine might answer: each candidate in a grey of its own (200, 201, ...), written over all of the
 * bounds, whether selected or not. Its tokens are all of its number; those of the hole came one with each step.
 */
export function outcomeFor({ frames, candidates, seed, sampling, package: id }: FillParams): FillOutcome {
  const numbers = Array.from({ length: candidates }, (_, index) => index);
  const made = { id, sha256: 'ab'.repeat(32) };
  return {
    candidates: numbers.map((index) => ({
      patches: frames.map(({ plan }) => greyPatch(plan.bounds, 200 + index)),
      score: null,
    })),
    ranking: numbers,
    frames: frames.map((frame, at) => framesOutcome(frame, { seed: seed + at, sampling, made, numbers })),
    package: made,
    selectedPixels: 1234,
    timings: { encode: 0, steps: 0, decode: 0, composite: 0, synthesis: 0, ranking: 0, previews: 0 },
  };
}

interface About {
  readonly seed: number;
  readonly sampling: FillParams['sampling'];
  readonly made: FillOutcome['package'];
  readonly numbers: readonly number[];
}

function framesOutcome(
  { plan: { frame }, tokens, start }: FrameToFill,
  { seed, sampling, made, numbers }: About,
): FillOutcome['frames'][number] {
  const { columns: width, rows: height } = frame;
  const hole = [0, 1, 2];
  const pins = tokens?.pins ?? [];
  const ids = Array.from({ length: width * height }, (_, cell) => (hole.includes(cell) ? MASK : ENCODED_ID));
  const request: FillRequest = {
    package: made,
    grid: { width, height, ids },
    hole,
    pins,
    seed,
    ...sampling,
    candidates: numbers.length,
    ...(start && { start }),
  };
  return {
    hole,
    request,
    known: new Int32Array(width * height).fill(ENCODED_ID),
    candidates: numbers.map((index) => ({
      source: 'denoiser' as const,
      grid: createGrid(
        width,
        height,
        ids.map(() => index),
      ),
      provenance: ids.map((_, cell): Provenance =>
        hole.includes(cell) ? { kind: 'filled', step: cell + 1, probability: 0.5 } : { kind: 'encoded' },
      ),
      trace: hole.slice(start?.step ?? 0).map((cell) => ({
        changed: Int32Array.of(cell),
        ids: Int32Array.of(index),
        probabilities: Float32Array.of(0.5),
        rng: [cell + 1, index, 0, 0, seed, 0],
      })),
    })),
  };
}

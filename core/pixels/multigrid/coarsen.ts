import type { Level, Springs, Ties } from './level.ts';
import { runsOf } from './level.ts';

/** The springs of the finest level written out. */
export function unitTies({ width, height, stride, active }: Level): Ties {
  const row = (): Uint8Array => new Uint8Array(active.length);
  const ties = { east: row(), south: row(), anchor: row() };
  for (let y = 1; y <= height; y++) {
    for (let x = 1; x <= width; x++) {
      const i = y * stride + x;
      if (active[i] === 0) continue;
      ties.east[i] = active[i + 1]!;
      ties.south[i] = active[i + stride]!;
      ties.anchor[i] =
        (x > 1 ? 1 - active[i - 1]! : 0) +
        (x < width ? 1 - active[i + 1]! : 0) +
        (y > 1 ? 1 - active[i - stride]! : 0) +
        (y < height ? 1 - active[i + stride]! : 0);
    }
  }
  return ties;
}

/** How much a spring to a given value yields when its end moves from the middle of a cell to that of its parent. */
const ANCHOR_STRETCH = 0.25;

/**
 * The next coarser level: half the cells per side. A cell is active where any of its four children is. Springs that
 * cross its sides add up and, being twice as long, halve; those to given values add up and lengthen by half a cell.
 */
export function coarsen(fine: Level, ties: Ties): Level {
  const width = (fine.width + 1) >> 1;
  const height = (fine.height + 1) >> 1;
  const stride = (width + 2) | 1;
  const length = stride * (height + 2);
  const active = new Uint8Array(length);
  const springs = emptySprings(length);
  const { east, south, anchor } = ties;
  for (let y = 0; y < height; y++) {
    // The last row and column may lack their second child; the ghost cells read there are inactive and tied to nothing.
    for (let x = 0; x < width; x++) {
      const i = (y + 1) * stride + x + 1;
      const a = (2 * y + 1) * fine.stride + 2 * x + 1;
      const hasBelow = 2 * y + 1 < fine.height;
      const b = hasBelow ? a + fine.stride : a;
      if ((fine.active[a]! | fine.active[a + 1]! | fine.active[b]! | fine.active[b + 1]!) === 0) continue;
      active[i] = 1;
      const below = hasBelow ? 1 : 0;
      const anchors = anchor[a]! + anchor[a + 1]! + below * (anchor[b]! + anchor[b + 1]!);
      if (anchors > 0) springs.anchor[i] = 1 / (1 / anchors + ANCHOR_STRETCH);
      springs.east[i] = 0.5 * (east[a + 1]! + below * east[b + 1]!);
      springs.south[i] = hasBelow ? 0.5 * (south[b]! + south[b + 1]!) : 0;
    }
  }
  const runs = runsOf(active, width, height, stride);
  invertSums(springs, runs.spans, stride);
  return { width, height, stride, active, ...runs, u: new Float32Array(length), springs };
}

function invertSums({ east, south, anchor, inverse }: Springs, spans: Int32Array, stride: number): void {
  for (let s = 0; s < spans.length; s += 2) {
    for (let i = spans[s]!; i < spans[s + 1]!; i++) {
      inverse[i] = 1 / (anchor[i]! + east[i]! + east[i - 1]! + south[i]! + south[i - stride]!);
    }
  }
}

function emptySprings(length: number): Springs {
  const row = (): Float32Array => new Float32Array(length);
  return { east: row(), south: row(), anchor: row(), inverse: row(), f: row() };
}

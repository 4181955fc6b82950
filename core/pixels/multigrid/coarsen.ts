import type { Level, Equation, EdgeWeights } from './level.ts';
import { runsOf } from './level.ts';

/** The weights of the finest level written out. */
export function unitWeights({ width, height, stride, active }: Level): EdgeWeights {
  const row = (): Uint8Array => new Uint8Array(active.length);
  const weights = { east: row(), south: row(), boundary: row() };
  for (let y = 1; y <= height; y++) {
    for (let x = 1; x <= width; x++) {
      const i = y * stride + x;
      if (active[i] === 0) continue;
      weights.east[i] = active[i + 1]!;
      weights.south[i] = active[i + stride]!;
      weights.boundary[i] =
        (x > 1 ? 1 - active[i - 1]! : 0) +
        (x < width ? 1 - active[i + 1]! : 0) +
        (y > 1 ? 1 - active[i - stride]! : 0) +
        (y < height ? 1 - active[i + stride]! : 0);
    }
  }
  return weights;
}

/** How much longer an edge to a given value gets when its end moves from the middle of a cell to that of its parent. */
const HALF_CELL = 0.25;

/**
 * The next coarser level: half the cells per side. A cell is active where any of its four children is. The weights of
 * edges that cross its sides add up and, the edges being twice as long, halve; those to given values add up, and their
 * edges lengthen by half a cell.
 */
export function coarsen(fine: Level, weights: EdgeWeights): Level {
  const width = (fine.width + 1) >> 1;
  const height = (fine.height + 1) >> 1;
  const stride = (width + 2) | 1;
  const length = stride * (height + 2);
  const active = new Uint8Array(length);
  const equation = emptyEquation(length);
  const { east, south, boundary } = weights;
  for (let y = 0; y < height; y++) {
    // The last row and column may lack their second child; the ghost cells read there are inactive and have no weight.
    for (let x = 0; x < width; x++) {
      const i = (y + 1) * stride + x + 1;
      const a = (2 * y + 1) * fine.stride + 2 * x + 1;
      const hasBelow = 2 * y + 1 < fine.height;
      const b = hasBelow ? a + fine.stride : a;
      if ((fine.active[a]! | fine.active[a + 1]! | fine.active[b]! | fine.active[b + 1]!) === 0) continue;
      active[i] = 1;
      const below = hasBelow ? 1 : 0;
      const sum = boundary[a]! + boundary[a + 1]! + below * (boundary[b]! + boundary[b + 1]!);
      if (sum > 0) equation.boundary[i] = 1 / (1 / sum + HALF_CELL);
      equation.east[i] = 0.5 * (east[a + 1]! + below * east[b + 1]!);
      equation.south[i] = hasBelow ? 0.5 * (south[b]! + south[b + 1]!) : 0;
    }
  }
  const runs = runsOf(active, width, height, stride);
  invertSums(equation, runs.spans, stride);
  return { width, height, stride, active, ...runs, u: new Float32Array(length), equation };
}

function invertSums({ east, south, boundary, inverse }: Equation, spans: Int32Array, stride: number): void {
  for (let s = 0; s < spans.length; s += 2) {
    for (let i = spans[s]!; i < spans[s + 1]!; i++) {
      inverse[i] = 1 / (boundary[i]! + east[i]! + east[i - 1]! + south[i]! + south[i - stride]!);
    }
  }
}

function emptyEquation(length: number): Equation {
  const row = (): Float32Array => new Float32Array(length);
  return { east: row(), south: row(), boundary: row(), inverse: row(), f: row() };
}

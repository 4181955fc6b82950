import type { Level, Springs } from './level.ts';
import { mirrorGhosts } from './level.ts';

/** Sweeps of red-black Gauss-Seidel: every active cell becomes the mean of what it is tied to. */
export function relax(level: Level, sweeps: number): void {
  for (let half = 0; half < 2 * sweeps; half++) {
    if (level.springs) {
      relaxSprings(level, level.springs, half & 1);
    } else {
      mirrorGhosts(level);
      relaxFinest(level, half & 1);
    }
  }
}

function relaxFinest({ u, stride, spans }: Level, colour: number): void {
  for (let s = 0; s < spans.length; s += 2) {
    const from = spans[s]!;
    const to = spans[s + 1]!;
    for (let i = from + ((from ^ colour) & 1); i < to; i += 2) {
      u[i] = 0.25 * (u[i - 1]! + u[i + 1]! + u[i - stride]! + u[i + stride]!);
    }
  }
}

function relaxSprings({ u, stride, spans }: Level, springs: Springs, colour: number): void {
  const { east, south, inverse, f } = springs;
  for (let s = 0; s < spans.length; s += 2) {
    const from = spans[s]!;
    const to = spans[s + 1]!;
    for (let i = from + ((from ^ colour) & 1); i < to; i += 2) {
      const across = east[i - 1]! * u[i - 1]! + east[i]! * u[i + 1]!;
      const down = south[i - stride]! * u[i - stride]! + south[i]! * u[i + stride]!;
      u[i] = (f[i]! + across + down) * inverse[i]!;
    }
  }
}

import { type Abort, throwIfAborted } from '../../../core/base/abort.ts';

/** Exchanges that are looked at; of large codebooks not all are, which leaves the path a little longer. */
const MOST_LOOKS = 3e8;
const MOST_ROUNDS = 30;

/**
 * An order in which alike points follow one another: a short open path through all of them from the one whose first number
 * is least, by nearest neighbours and then 2-opt (Croes 1958).
 *
 * @param points [count, width]
 */
export function similarOrder(points: Float32Array, width: number, signal?: Abort): number[] {
  const count = points.length / width;
  const distance = (a: number, b: number): number => {
    let sum = 0;
    for (let i = 0; i < width; i++) sum += (points[a * width + i]! - points[b * width + i]!) ** 2;
    return Math.sqrt(sum);
  };
  const path = nearestNeighbours(count, distance, darkest(points, width));
  const rounds = Math.min(MOST_ROUNDS, Math.floor((2 * MOST_LOOKS) / count ** 2));
  for (let round = 0; round < rounds; round++) {
    throwIfAborted(signal);
    if (!improve(path, distance)) break;
  }
  return [...path];
}

type Distance = (a: number, b: number) => number;

function darkest(points: Float32Array, width: number): number {
  let best = 0;
  for (let i = 0; i < points.length; i += width) if (points[i]! < points[best]!) best = i;
  return best / width;
}

function nearestNeighbours(count: number, distance: Distance, first: number): Int32Array {
  const path = Int32Array.from({ length: count }, (_, i) => i);
  path[first] = 0;
  path[0] = first;
  for (let at = 1; at < count; at++) {
    let best = at;
    let least = Infinity;
    for (let i = at; i < count; i++) {
      const far = distance(path[at - 1]!, path[i]!);
      if (far < least) [best, least] = [i, far];
    }
    [path[at], path[best]] = [path[best]!, path[at]!];
  }
  return path;
}

/** Turns round the parts of the path whose turning shortens it; whether there were any. */
function improve(path: Int32Array, distance: Distance): boolean {
  let changed = false;
  for (let i = 1; i < path.length - 2; i++) {
    const before = distance(path[i - 1]!, path[i]!);
    let best = 0;
    let gain = 1e-9;
    for (let j = i + 1; j < path.length - 1; j++) {
      const now = before + distance(path[j]!, path[j + 1]!);
      const saved = now - distance(path[i - 1]!, path[j]!) - distance(path[i]!, path[j + 1]!);
      if (saved > gain) [best, gain] = [j, saved];
    }
    if (best === 0) continue;
    path.subarray(i, best + 1).reverse();
    changed = true;
  }
  return changed;
}

import type { Swatches } from '../paint/swatches.ts';
import { MASK, type TokenGrid } from '../tokens/grid.ts';
import { labDistance, labOfHex } from './lab.ts';
import { FEATURES, swatchFeatures } from './swatchFeatures.ts';

/** All codes, those that look most like `id` first; that is `id` itself. */
export function similarCodes(swatches: Swatches, id: number): number[] {
  const { codes, values } = swatchFeatures(swatches);
  return ordered(codes, (code) => {
    let sum = 0;
    for (let f = 0; f < FEATURES; f++)
      sum += (values[code * FEATURES + f]! - values[id * FEATURES + f]!) ** 2;
    return code === id ? -1 : sum;
  });
}

/**
 * All codes, those nearest to a colour first.
 *
 * @param colors of the codes, as in a manifest's palette
 * @param colour '#rrggbb'; any other text throws 'input'
 */
export function nearestCodes(colors: readonly string[], colour: string): number[] {
  const wanted = labOfHex(colour);
  return ordered(colors.length, (code) => labDistance(labOfHex(colors[code]!), wanted));
}

/** The codes of a grid with how often they are there, the most frequent first. */
export function usedCodes({ ids }: TokenGrid): { readonly id: number; readonly count: number }[] {
  const counts = new Map<number, number>();
  for (const id of ids) if (id !== MASK) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts].map(([id, count]) => ({ id, count })).sort((a, b) => b.count - a.count || a.id - b.id);
}

/** Codes by rising distance; those at the same one by id. */
function ordered(codes: number, distanceOf: (code: number) => number): number[] {
  const distances = Float64Array.from({ length: codes }, (_, code) => distanceOf(code));
  return [...distances.keys()].sort((a, b) => distances[a]! - distances[b]! || a - b);
}

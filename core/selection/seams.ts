import { TILE } from '../raster/raster.ts';
import type { TileParts } from './tileParts.ts';

/** Which parts of two tiles touch: pairs, one after the other, a part of the first and one of the second. */
export type Seam = readonly number[];

type Known = WeakMap<TileParts, WeakMap<TileParts, Seam>>;

const toTheRight: Known = new WeakMap();
const below: Known = new WeakMap();

/** Where the parts of a tile touch those of its right neighbour; found out once for two tiles. */
export function seamRight(a: TileParts, b: TileParts): Seam {
  return remembered(toTheRight, a, b, () => seamOf(a.edges.right, b.edges.left));
}

/** Where the parts of a tile touch those of the one below it; found out once for two tiles. */
export function seamBelow(a: TileParts, b: TileParts): Seam {
  return remembered(below, a, b, () => seamOf(a.edges.bottom, b.edges.top));
}

/** Where the parts of a tile touch those of the one below and beside it. */
export function touchAtCorner(a: TileParts, b: TileParts, side: 'left' | 'right'): Seam {
  const one = a.edges.bottom[side === 'left' ? 0 : TILE - 1]!;
  const other = b.edges.top[side === 'left' ? TILE - 1 : 0]!;
  return one >= 0 && other >= 0 ? [one, other] : [];
}

function seamOf(one: Int32Array, other: Int32Array): Seam {
  const seam: number[] = [];
  for (let i = 0; i < TILE; i++) {
    if (one[i]! < 0) continue;
    for (let k = Math.max(0, i - 1); k <= Math.min(TILE - 1, i + 1); k++) {
      // Along a run of px the same two parts touch again and again.
      const isNew = seam.at(-2) !== one[i] || seam.at(-1) !== other[k];
      if (other[k]! >= 0 && isNew) seam.push(one[i]!, other[k]!);
    }
  }
  return seam;
}

function remembered(known: Known, a: TileParts, b: TileParts, find: () => Seam): Seam {
  let of = known.get(a);
  if (!of) known.set(a, (of = new WeakMap()));
  let seam = of.get(b);
  if (!seam) of.set(b, (seam = find()));
  return seam;
}

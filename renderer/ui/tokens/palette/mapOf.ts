import type { PackageInfo } from '../../../../core/contract/engineApi.ts';
import type { Swatches } from '../../../../core/paint/swatches.ts';
import { codeMap, mapSize } from '../../../../core/palette/codeMap.ts';
import { swatchFeatures } from '../../../../core/palette/swatchFeatures.ts';

/** Codes in a square in which neighbours look alike. */
export interface CodesInMap {
  readonly codes: ArrayLike<number>; // row by row
  readonly columns: number;
}

const made = new WeakMap<Swatches, CodesInMap>();

/** The map of a package; until its swatches are there, its codes in their order. */
export function mapOf(
  { codes, palette }: Pick<PackageInfo, 'codes' | 'palette'>,
  swatches: Swatches | null,
): CodesInMap {
  const columns = mapSize(codes).width;
  if (swatches === null) return { codes: palette.order, columns };
  const known = made.get(swatches);
  if (known) return known;
  const map = { codes: codeMap(swatchFeatures(swatches)).subarray(0, codes), columns };
  made.set(swatches, map);
  return map;
}

import { throwIfAborted, type Abort } from '../base/abort.ts';
import type { Tokenizer } from '../model/tokenizer.ts';
import { decodeRegion } from '../model/tiling.ts';
import { toPicture } from '../pixels/planes.ts';

/** Tokens along the side of a swatch. */
export const SWATCH_FIELD = 3;

/** Tokens around it that are decoded along: of what is further away one sees nothing. */
const MARGIN = 4;

/**
 * What every code of a package looks like: the middle of a field of that code alone, which is as neutral a context as
 * there is. `onSwatch` is told after each.
 */
export async function drawSwatches(
  tokenizer: Tokenizer,
  options: { readonly signal?: Abort; readonly onSwatch?: (done: number) => void } = {},
): Promise<Swatches> {
  const { codes, downsample, minSize, tileOverlap } = tokenizer;
  const margin = Math.min(MARGIN, tileOverlap);
  const field = Math.max(SWATCH_FIELD + 2 * margin, Math.ceil(minSize / downsample));
  const corner = (field - SWATCH_FIELD) >> 1;
  const middle = { x: corner, y: corner, width: SWATCH_FIELD, height: SWATCH_FIELD };
  const near = { ...tokenizer, tileOverlap: margin };
  const side = SWATCH_FIELD * downsample;
  const pixels = new Uint8Array(codes * side * side * 4);
  for (let code = 0; code < codes; code++) {
    throwIfAborted(options.signal);
    const ids = new Int32Array(field * field).fill(code);
    const { planes } = await decodeRegion(near, { width: field, height: field, ids }, middle, options.signal);
    pixels.set(toPicture(planes).data, code * side * side * 4);
    options.onSwatch?.(code + 1);
  }
  return { side, field: SWATCH_FIELD, pixels };
}

export interface Swatches {
  readonly side: number; // px of a swatch
  readonly field: number; // tokens along its side: the middle of a field of one code
  readonly pixels: Uint8Array; // [codes, side, side, 4]
}

import type { Tokenizer } from '../model/tokenizer.ts';
import type { Planes } from '../pixels/picture.ts';
import { decodeRegion } from '../model/tiling.ts';
import { createRng } from '../base/rng.ts';
import type { TokenGrid } from '../tokens/grid.ts';

/** What may change in a decoded token without being seen: rounding to whole levels makes no more than one of it. */
const UNSEEN = 1 / 8; // levels of 255

const known = new WeakMap<Tokenizer, Promise<number>>();

/**
 * A tokenizer for painting: what it says of the reach of a token is how far one can see it. A decoder's farthest tokens
 * have no weight to speak of (the embedded one's reach goes on for 11 tokens, and is seen for 6), and the tokens that are
 * decoded grow with the square of it. Measured once, on a few decodings of arbitrary tokens.
 */
export async function nearSighted(tokenizer: Tokenizer): Promise<Tokenizer> {
  const measured = known.get(tokenizer) ?? measureSight(tokenizer);
  known.set(tokenizer, measured);
  try {
    return { ...tokenizer, tileOverlap: await measured };
  } catch (error) {
    known.delete(tokenizer);
    throw error;
  }
}

/** The least margin with which the middle of a grid comes out as it does with all of its surroundings. */
async function measureSight(tokenizer: Tokenizer): Promise<number> {
  const { tileOverlap } = tokenizer;
  const grid = anyGrid(2 * tileOverlap + 1, tokenizer.codes);
  const middle = { x: tileOverlap, y: tileOverlap, width: 1, height: 1 };
  const decodeWith = async (margin: number): Promise<Planes> =>
    (await decodeRegion({ ...tokenizer, tileOverlap: margin }, grid, middle)).planes;
  const whole = await decodeWith(tileOverlap);
  let margin = tileOverlap;
  while (margin > 1 && largestDifference(whole, await decodeWith(margin - 1)) < UNSEEN) margin--;
  return margin;
}

function anyGrid(side: number, codes: number): TokenGrid {
  const rng = createRng(0);
  return { width: side, height: side, ids: Int32Array.from({ length: side * side }, () => rng.below(codes)) };
}

function largestDifference(a: Planes, b: Planes): number {
  let largest = 0;
  for (let i = 0; i < a.data.length; i++) {
    largest = Math.max(largest, 255 * Math.abs(a.data[i]! - b.data[i]!));
  }
  return largest;
}

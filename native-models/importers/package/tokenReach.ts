import { createRng } from '../../../core/base/rng.ts';
import type { Tokenizer } from '../../../core/model/tokenizer.ts';

const FURTHEST = 8; // tokens
const SEEN = 1 / 255;

/**
 * How many tokens away another code is still seen in the decoded picture, by trying: at least 1. The norms and attentions of
 * these decoders look at the whole frame, so what a token does further away is small and not nothing.
 */
export async function tokenReach(tokenizer: Tokenizer, signal?: AbortSignal): Promise<number> {
  const side = 2 * FURTHEST + 1;
  const rng = createRng(3);
  const ids = Int32Array.from({ length: side * side }, () => rng.below(tokenizer.codes));
  const before = await tokenizer.decode({ width: side, height: side, ids }, signal);
  const changed = ids.slice();
  const middle = (side * side) >> 1;
  changed[middle] = (ids[middle]! + 1 + rng.below(tokenizer.codes - 1)) % tokenizer.codes;
  const after = await tokenizer.decode({ width: side, height: side, ids: changed }, signal);
  const { width, height } = before;
  let reach = 1;
  for (let i = 0; i < before.data.length; i++) {
    if (Math.abs(before.data[i]! - after.data[i]!) <= SEEN) continue;
    const x = Math.floor((i % width) / tokenizer.downsample);
    const y = Math.floor((Math.floor(i / width) % height) / tokenizer.downsample);
    reach = Math.max(reach, Math.abs(x - FURTHEST), Math.abs(y - FURTHEST));
  }
  return reach;
}

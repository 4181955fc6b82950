/**
 * Seeded random numbers: xoshiro128** 1.1 (Blackman and Vigna, arXiv 1805.01407) whose state comes from SplitMix64
 * (Steele, Lea and Flood, OOPSLA 2014). Integer arithmetic only, so every machine draws the same numbers.
 *
 * A generator is named by a 64 bit key; SplitMix64 started at that key is a list of 64 bit words. Words 0 and 1 are
 * the generator's state, word 2 + i is the key of its stream i. The key of `createRng(seed)` is the seed itself.
 */
export interface Rng {
  /** An integer in [0, 2^32). */
  uint32(): number;
  /** A number in [0, 1), a multiple of 2^-32. */
  uniform(): number;
  /** A number in (0, 1): never 0, never 1. */
  uniformOpen(): number;
  /** A standard Gumbel variate, -log(-log u). */
  gumbel(): number;
  /** An integer in [0, n), each equally likely. 1 <= n <= 2^32. */
  below(n: number): number;
  /** The generator of stream `index`. It depends on this one's key only, not on what was drawn from it so far. */
  fork(index: number): Rng;
  /** This generator as it was before anything was drawn from it. */
  afresh(): Rng;
  /** What {@link resumeRng} goes on from. */
  state(): RngState;
}

/** Six 32 bit words: the four of a generator's state, which are not all 0, then its key, low word first. Plain JSON. */
export type RngState = readonly [number, number, number, number, number, number];

/** The generator of a seed: an integer in [0, 2^32). */
export function createRng(seed: number): Rng {
  return rngOfKey(BigInt(seed >>> 0));
}

/** The generator that gave the state, exactly as it was then. */
export function resumeRng([a, b, c, d, low, high]: RngState): Rng {
  return rngFrom((BigInt(high) << 32n) | BigInt(low), [a, b, c, d]);
}

function rngOfKey(key: bigint): Rng {
  const low = splitMix64(key, 0);
  const high = splitMix64(key, 1);
  return rngFrom(key, [lowWord(low), highWord(low), lowWord(high), highWord(high)]);
}

function rngFrom(key: bigint, start: Words): Rng {
  const { next, words } = xoshiro128ss(start);
  const uniformOpen = (): number => (next() + 0.5) / TWO_32;
  return {
    uint32: next,
    uniform: () => next() / TWO_32,
    uniformOpen,
    gumbel: () => -Math.log(-Math.log(uniformOpen())),
    below: (n) => below(next, n),
    fork: (index) => rngOfKey(splitMix64(key, index + 2)),
    afresh: () => rngOfKey(key),
    state: () => [...words(), lowWord(key), highWord(key)],
  };
}

const TWO_32 = 2 ** 32;
const MASK_64 = (1n << 64n) - 1n;
const GOLDEN_GAMMA = 0x9e3779b97f4a7c15n;

/** Word `index` of SplitMix64 started at `key`. */
export function splitMix64(key: bigint, index: number): bigint {
  let z = (key + GOLDEN_GAMMA * BigInt(index + 1)) & MASK_64;
  z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK_64;
  z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & MASK_64;
  return z ^ (z >> 31n);
}

const lowWord = (word: bigint): number => Number(word & 0xffffffffn);
const highWord = (word: bigint): number => Number(word >> 32n);

/** The state of xoshiro128**: not all zeros. */
type Words = readonly [number, number, number, number];

/** xoshiro128**: `next` gives the next 32 bit word, `words` the state, from which it goes on likewise. */
export function xoshiro128ss(start: Words): { readonly next: () => number; readonly words: () => Words } {
  let [a, b, c, d] = start;
  return {
    next: () => {
      const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
      const t = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= t;
      d = rotateLeft(d, 11);
      return result;
    },
    words: () => [a >>> 0, b >>> 0, c >>> 0, d >>> 0],
  };
}

const rotateLeft = (x: number, k: number): number => (x << k) | (x >>> (32 - k));

/** Draws again above the largest multiple of n, so that no remainder is favoured. */
function below(next: () => number, n: number): number {
  const limit = TWO_32 - (TWO_32 % n);
  let word = next();
  while (word >= limit) word = next();
  return word % n;
}

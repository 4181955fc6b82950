import { describe, expect, it } from 'vitest';
import { createRng, resumeRng, type RngState, splitMix64, xoshiro128ss } from '../../../../core/base/rng.ts';
import { P_THRESHOLD, chiSquareP, upperTail } from '../sampling/support/chiSquare.ts';

const many = <T>(count: number, next: () => T): T[] => Array.from({ length: count }, next);

describe('xoshiro128**', () => {
  it('gives the numbers of the reference implementation (version 1.1, state 1 2 3 4)', () => {
    expect(many(10, xoshiro128ss([1, 2, 3, 4]).next)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });
});

describe('SplitMix64', () => {
  it('gives the numbers of the reference implementation (seed 1234567)', () => {
    expect([0, 1, 2, 3, 4].map((i) => splitMix64(1234567n, i))).toEqual([
      6457827717110365317n,
      3203168211198807973n,
      9817491932198370423n,
      4593380528125082431n,
      16408922859458223821n,
    ]);
  });
});

describe('createRng', () => {
  it('is its key in SplitMix64 words, low word first, in xoshiro128**', () => {
    const words = [splitMix64(42n, 0), splitMix64(42n, 1)];
    const [a, b] = words.map((word) => [Number(word & 0xffffffffn), Number(word >> 32n)] as const);
    const rng = createRng(42);
    expect(many(5, () => rng.uint32())).toEqual(many(5, xoshiro128ss([...a!, ...b!]).next));
  });

  it('repeats for the same seed and differs for another', () => {
    const draw = (seed: number): number[] => {
      const rng = createRng(seed);
      return many(20, () => rng.uint32());
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(draw(2 ** 32 - 1)).not.toEqual(draw(0));
  });

  it('forks into streams that depend on the index alone', () => {
    const fresh = createRng(3).fork(5);
    const used = createRng(3);
    many(100, () => used.uniform());
    used.fork(0);
    const late = used.fork(5);
    expect(many(10, () => late.uint32())).toEqual(many(10, () => fresh.uint32()));
    const firsts = new Set(many(1000, () => 0).map((_, i) => createRng(3).fork(i).uint32()));
    expect(firsts.size).toBe(1000);
    expect(createRng(3).fork(1).fork(0).uint32()).not.toBe(createRng(3).fork(0).fork(1).uint32());
  });

  it('goes on exactly from its state, in what it draws and in its streams', () => {
    const rng = createRng(5).fork(2);
    many(37, () => rng.uniform());
    const state = JSON.parse(JSON.stringify(rng.state())) as RngState;
    const resumed = resumeRng(state);
    expect(resumed.state()).toEqual(state);
    expect(many(20, () => resumed.uint32())).toEqual(many(20, () => rng.uint32()));
    expect(resumed.fork(3).uint32()).toBe(createRng(5).fork(2).fork(3).uint32());
    expect(resumed.afresh().uint32()).toBe(createRng(5).fork(2).uint32());
  });

  it('is uniform on [0, 1) and on whole numbers, three of them or six', () => {
    const rng = createRng(11);
    const bins = new Int32Array(64);
    for (let i = 0; i < 64_000; i++) bins[Math.floor(rng.uniform() * 64)]!++;
    expect(chiSquareP(bins, new Float64Array(64).fill(1 / 64))).toBeGreaterThan(P_THRESHOLD);
    for (const n of [1, 3, 6]) {
      const counts = new Int32Array(n);
      for (let i = 0; i < 6000; i++) counts[rng.below(n)]!++;
      expect(chiSquareP(counts, new Float64Array(n).fill(1 / n))).toBeGreaterThan(P_THRESHOLD);
    }
  });

  it('draws whole numbers without bias where the remainder would show', () => {
    // Of 3 * 2^30 numbers, 2^32 mod n would make the first third twice as likely.
    const rng = createRng(12);
    const thirds = new Int32Array(3);
    for (let i = 0; i < 6000; i++) thirds[Math.floor(rng.below(3 * 2 ** 30) / 2 ** 30)]!++;
    expect(chiSquareP(thirds, [1 / 3, 1 / 3, 1 / 3])).toBeGreaterThan(P_THRESHOLD);
  });

  it('draws Gumbel variates: finite, and distributed as exp(-exp(-x))', () => {
    const rng = createRng(13);
    const bins = new Int32Array(20);
    for (let i = 0; i < 20_000; i++) bins[Math.floor(20 * Math.exp(-Math.exp(-rng.gumbel())))]!++;
    expect(chiSquareP(bins, new Float64Array(20).fill(1 / 20))).toBeGreaterThan(P_THRESHOLD);
  });
});

describe('the chi-square tail used by these tests', () => {
  it.each([
    [3.841, 1, 0.05],
    [10.828, 1, 0.001],
    [24.996, 15, 0.05],
    [37.697, 15, 0.001],
    [149.449, 100, 0.001],
  ])('P(X >= %f) with %i degrees is %f', (x, freedom, p) => {
    expect(upperTail(x, freedom)).toBeCloseTo(p, 4);
  });
});

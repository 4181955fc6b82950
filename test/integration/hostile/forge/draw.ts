import type { Rng } from '../../../../core/base/rng.ts';
import { pick } from '../spoil.ts';

// What forged files are made of. Most values fit, so that a reader gets past the first thing that is wrong.

/** A usual value eleven times in twelve, else one of those that break things. */
export function draw<T>(rng: Rng, usual: readonly T[], odd: readonly T[]): T {
  return pick(rng, rng.below(12) === 0 ? odd : usual);
}

export const HUGE = [0, 1, 0x7fff, 0xffff, 30_000, 30_001, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff];

/** A side of a picture, px. */
export function side(rng: Rng): number {
  return draw(rng, [1, 2, 7, 8, 16, 40], HUGE);
}

export function noise(rng: Rng, count: number): Buffer {
  return Buffer.from(Array.from({ length: count }, () => rng.below(256)));
}

/** Whole numbers of `bytes` bytes, highest first. */
export function big(bytes: 1 | 2 | 4, ...values: readonly number[]): Buffer {
  const out = Buffer.alloc(bytes * values.length);
  for (const [i, value] of values.entries()) out.writeUIntBE(wrapped(value, bytes), i * bytes, bytes);
  return out;
}

/** Whole numbers of `bytes` bytes, lowest first. */
export function little(bytes: 1 | 2 | 4, ...values: readonly number[]): Buffer {
  const out = Buffer.alloc(bytes * values.length);
  for (const [i, value] of values.entries()) out.writeUIntLE(wrapped(value, bytes), i * bytes, bytes);
  return out;
}

function wrapped(value: number, bytes: number): number {
  const range = 256 ** bytes;
  return ((value % range) + range) % range;
}

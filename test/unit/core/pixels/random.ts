import fc from 'fast-check';
import type { Mask } from '../../../../core/pixels/masks/mask.ts';
import type { Picture, Planes } from '../../../../core/pixels/picture.ts';

/** A repeatable stream of numbers in [0, 1), for test data only (mulberry32). */
export function stream(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function noisePicture(width: number, height: number, seed: number, opaque = true): Picture {
  const next = stream(seed);
  const data = Uint8Array.from({ length: width * height * 4 }, (_, i) =>
    opaque && i % 4 === 3 ? 255 : Math.floor(next() * 256),
  );
  return { width, height, data };
}

/** Rectangles and specks, wholly and partly selected. */
export function noiseMask(width: number, height: number, seed: number): Mask {
  const next = stream(seed);
  const data = new Uint8Array(width * height);
  const boxes = Math.floor(next() * 4);
  for (let b = 0; b < boxes; b++) {
    const x0 = Math.floor(next() * width);
    const y0 = Math.floor(next() * height);
    const x1 = x0 + 1 + next() * width * 0.6;
    const y1 = y0 + 1 + next() * height * 0.6;
    const value = next() < 0.7 ? 255 : 1 + Math.floor(next() * 254);
    for (let y = y0; y < Math.min(y1, height); y++) {
      for (let x = x0; x < Math.min(x1, width); x++) data[y * width + x] = value;
    }
  }
  for (let i = 0; i < data.length; i++) if (next() < 0.02) data[i] = Math.floor(next() * 256);
  return { width, height, data };
}

/** Planes with overshoots on both sides of [0, 1]. */
export function noisePlanes(width: number, height: number, seed: number): Planes {
  const next = stream(seed);
  return { width, height, data: Float32Array.from({ length: 3 * width * height }, () => next() * 1.4 - 0.2) };
}

export function planesOf(
  width: number,
  height: number,
  at: (x: number, y: number, channel: number) => number,
): Planes {
  const data = new Float32Array(3 * width * height);
  for (let c = 0, i = 0; c < 3; c++) {
    for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data[i++] = at(x, y, c);
  }
  return { width, height, data };
}

export function maskOf(width: number, height: number, at: (x: number, y: number) => boolean | number): Mask {
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = at(x, y);
      data[y * width + x] = typeof value === 'number' ? value : value ? 255 : 0;
    }
  }
  return { width, height, data };
}

export const side = fc.integer({ min: 1, max: 40 });
export const seed = fc.integer();

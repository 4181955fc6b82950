import type { Rows } from '../raster/rows.ts';

/** Masks that were made, the least recently used first. */
const made = new Map<string, Uint8Array>();
let bytes = 0;
const BUDGET = 32 * 2 ** 20; // bytes

/** Rounds halves away from where round numbers lie, so that an error in the last bit moves no dab. */
const BIAS = 1 / 71;

/**
 * The mask of a round dab of a brush, 0 to 255 per pixel, where it lies on the document. It falls off smoothly from
 * `hardness` of its radius to its edge, over one pixel at least where it is hard. Its centre is taken to a quarter of a
 * pixel, half a pixel if it is large.
 *
 * @param x, y document px
 * @param size diameter, px, above 0
 * @param hardness 0 .. 1
 */
export function dabAt(x: number, y: number, size: number, hardness: number): Rows {
  const phases = size <= 64 ? 4 : 2; // per pixel
  const column = Math.floor(x * phases + 0.5 + BIAS);
  const row = Math.floor(y * phases + 0.5 + BIAS);
  const left = Math.floor(column / phases);
  const top = Math.floor(row / phases);
  const reach = Math.ceil(outerRadius(size, hardness));
  const side = 2 * reach + 1;
  return {
    rect: { x: left - reach, y: top - reach, width: side, height: side },
    data: maskFor(size, hardness, side, column / phases - left, row / phases - top),
  };
}

function maskFor(size: number, hardness: number, side: number, dx: number, dy: number): Uint8Array {
  const key = `${size} ${hardness} ${dx} ${dy}`;
  let mask = made.get(key);
  if (mask) made.delete(key);
  else bytes += (mask = makeMask(size, hardness, side, dx, dy)).length;
  made.set(key, mask);
  for (const [oldest, { length }] of made) {
    if (bytes <= BUDGET || oldest === key) break;
    made.delete(oldest);
    bytes -= length;
  }
  return mask;
}

function makeMask(size: number, hardness: number, side: number, dx: number, dy: number): Uint8Array {
  const mask = new Uint8Array(side * side);
  const outer = outerRadius(size, hardness);
  const ramp = rampWidth(size, hardness);
  const middle = (side - 1) / 2;
  const most = 255 * Math.min(1, size) ** 2; // thinner than a pixel: fainter
  for (let row = 0, i = 0; row < side; row++) {
    const y = row + 0.5 - middle - dy;
    for (let column = 0; column < side; column++, i++) {
      const x = column + 0.5 - middle - dx;
      const t = (outer - Math.sqrt(x * x + y * y)) / ramp;
      if (t > 0) mask[i] = t >= 1 ? most : most * t * t * (3 - 2 * t) + 0.5;
    }
  }
  return mask;
}

/** Over how many px a dab falls off at its edge. */
export function rampWidth(size: number, hardness: number): number {
  return (size / 2) * (1 - hardness) + hardness;
}

/** Where a dab ends, px from its centre; a hard one half a pixel further out, since its middle has an edge there. */
function outerRadius(size: number, hardness: number): number {
  return (size + hardness) / 2;
}

import type { Picture, Planes } from './picture.ts';

/** Planes in [0, 1] as an opaque picture of the same size; what overshoots is clipped. */
export function toPicture({ width, height, data }: Planes): Picture {
  const area = width * height;
  const rgba = new Uint8Array(area * 4);
  for (let channel = 0; channel < 3; channel++) {
    for (let i = 0; i < area; i++) rgba[4 * i + channel] = toByte(data[channel * area + i]!);
  }
  for (let i = 3; i < rgba.length; i += 4) rgba[i] = 255;
  return { width, height, data: rgba };
}

function toByte(value: number): number {
  return value <= 0 ? 0 : value >= 1 ? 255 : Math.round(255 * value);
}

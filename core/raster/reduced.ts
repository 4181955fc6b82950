import type { Rect, Size } from '../base/geometry.ts';
import { readRect } from './flat.ts';
import type { Raster } from './raster.ts';

const BAND = 256; // rows that are read at once

/**
 * A smaller copy of a part of a picture: every `by`th pixel across and down, [height, width, 4] with its size. It costs no
 * more than reading the part once.
 */
export function reduced(picture: Raster, part: Rect, by: number): Size & { readonly data: Uint8Array } {
  if (by === 1) return { width: part.width, height: part.height, data: readRect(picture, part) };
  const width = Math.ceil(part.width / by);
  const height = Math.ceil(part.height / by);
  const out = new Uint32Array(width * height);
  const rows = Math.ceil(BAND / by);
  const middle = by >> 1;
  for (let top = 0; top < height; top += rows) {
    const y = part.y + top * by;
    const band = { ...part, y, height: Math.min(rows * by, part.y + part.height - y) };
    const pixels = new Uint32Array(readRect(picture, band).buffer);
    for (let row = 0; row < Math.min(rows, height - top); row++) {
      const from = Math.min(band.height - 1, row * by + middle) * part.width;
      for (let x = 0; x < width; x++)
        out[(top + row) * width + x] = pixels[from + Math.min(part.width - 1, x * by + middle)]!;
    }
  }
  return { width, height, data: new Uint8Array(out.buffer) };
}

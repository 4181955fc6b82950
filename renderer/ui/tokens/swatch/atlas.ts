import type { Swatches } from '../../../../core/paint/swatches.ts';

/** All swatches of a package in one picture, so that any of them is drawn by one copy. */
export interface Atlas {
  readonly canvas: OffscreenCanvas;
  readonly columns: number;
  readonly side: number; // px of a swatch
}

const made = new WeakMap<Swatches, Atlas>();

export function atlasOf(swatches: Swatches): Atlas {
  const known = made.get(swatches);
  if (known) return known;
  const { side, pixels } = swatches;
  const bytes = side * side * 4;
  const codes = pixels.length / bytes;
  const columns = Math.ceil(Math.sqrt(codes));
  const canvas = new OffscreenCanvas(columns * side, Math.ceil(codes / columns) * side);
  const context = canvas.getContext('2d')!;
  for (let code = 0; code < codes; code++) {
    const swatch = new Uint8ClampedArray(pixels.subarray(code * bytes, (code + 1) * bytes));
    const x = (code % columns) * side;
    const y = Math.floor(code / columns) * side;
    context.putImageData(new ImageData(swatch, side, side), x, y);
  }
  const atlas = { canvas, columns, side };
  made.set(swatches, atlas);
  return atlas;
}

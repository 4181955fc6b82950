import type { Swatches } from '../../../../core/paint/swatches.ts';

/** What a code looks like: its swatch, or its colour until there is one. */
export interface Looks {
  readonly swatches: Swatches | null;
  readonly colors: readonly string[]; // '#rrggbb' by code
}

/** Draws codes into a context, each where it is told. Sizes are px of the context. */
export function codeDrawer(
  context: CanvasRenderingContext2D,
  { swatches, colors }: Looks,
): (code: number, x: number, y: number, width: number, height: number) => void {
  if (swatches === null) {
    return (code, x, y, width, height) => {
      context.fillStyle = colors[code] ?? 'transparent';
      context.fillRect(x, y, width, height);
    };
  }
  const { canvas, columns, side } = atlasOf(swatches);
  context.imageSmoothingQuality = 'high';
  return (code, x, y, width, height) => {
    // A swatch that is shown larger shows its px.
    context.imageSmoothingEnabled = width < 3 * side;
    const left = (code % columns) * side;
    const top = Math.floor(code / columns) * side;
    context.drawImage(canvas, left, top, side, side, x, y, width, height);
  };
}

/** All swatches of a package in one picture, so that any of them is drawn by one copy. */
interface Atlas {
  readonly canvas: OffscreenCanvas;
  readonly columns: number;
  readonly side: number; // px of a swatch
}

const made = new WeakMap<Swatches, Atlas>();

function atlasOf(swatches: Swatches): Atlas {
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

import type { Swatches } from '../../../../core/paint/swatches.ts';
import { atlasOf } from './atlas.ts';

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

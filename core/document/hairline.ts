import type { Margins, Rect } from '../base/geometry.ts';
import { intersectRects } from '../base/geometry.ts';
import { readRect } from '../raster/flat.ts';
import type { Raster } from '../raster/raster.ts';

const DEEPEST = 10; // px: what is thicker is part of the picture
const BEYOND = 2; // px past the line: what blurring and compression made of it
const LIKE = 24; // levels of brightness that a line may differ in itself
const EVEN = 0.75; // share of a line's pixels that are alike
const OTHER = 0.45; // at most so many of the picture's own pixels are like the line

/**
 * How thick the lines are that scans and screenshots have along their sides: even, mostly dark or white, and unlike what
 * lies behind them; px, with what they bleed into. 0 where there is none.
 */
export function hairlines(picture: Raster, canvas: Rect): Margins {
  const { x, y, width, height } = canvas;
  const deep = DEEPEST + BEYOND + 1;
  const rows = { width, height: deep };
  const columns = { width: deep, height };
  return {
    left: thickness(picture, intersectRects({ x, y, ...columns }, canvas), 'left'),
    top: thickness(picture, intersectRects({ x, y, ...rows }, canvas), 'top'),
    right: thickness(picture, intersectRects({ x: x + width - deep, y, ...columns }, canvas), 'right'),
    bottom: thickness(picture, intersectRects({ x, y: y + height - deep, ...rows }, canvas), 'bottom'),
  };
}

function thickness(picture: Raster, strip: Rect, side: keyof Margins): number {
  const lines = linesOf(picture, strip, side);
  const deepest = Math.min(DEEPEST, lines.length - BEYOND - 1);
  const middle = medianOf(lines[0]!);
  if (deepest < 1 || likeness(lines[0]!, middle) < EVEN) return 0;
  let end = 1;
  while (end <= deepest && likeness(lines[end]!, middle) >= OTHER) end++;
  return end > deepest ? 0 : end + BEYOND;
}

/** The brightness of a strip, line by line from the outside, 0 .. 255. */
function linesOf(picture: Raster, strip: Rect, side: keyof Margins): Uint8Array[] {
  const pixels = readRect(picture, strip);
  const upright = side === 'left' || side === 'right';
  const count = upright ? strip.width : strip.height;
  const length = upright ? strip.height : strip.width;
  return Array.from({ length: count }, (_, index) => {
    const line = side === 'right' || side === 'bottom' ? count - 1 - index : index;
    return Uint8Array.from({ length }, (_, at) => {
      const i = 4 * (upright ? at * strip.width + line : line * strip.width + at);
      return (pixels[i]! * 77 + pixels[i + 1]! * 150 + pixels[i + 2]! * 29) >> 8;
    });
  });
}

function medianOf(values: Uint8Array): number {
  return values.toSorted()[values.length >> 1]!;
}

/** The share of values that are about so. */
function likeness(values: Uint8Array, middle: number): number {
  let alike = 0;
  for (const value of values) if (Math.abs(value - middle) <= LIKE) alike++;
  return alike / values.length;
}

import type { Rect } from '../../base/geometry.ts';
import { readRect } from '../../raster/flat.ts';
import type { Raster } from '../../raster/raster.ts';
import type { Remaking } from './remaking.ts';

/** Turns by right angles, as a person sees them, and mirrorings. */
export const TURNS = ['left', 'right', 'half', 'horizontal', 'vertical'] as const;
export type Turn = (typeof TURNS)[number];

/** Where a pixel of the result comes from: across and down as -1, 0 or 1. */
interface Steps {
  readonly acrossX: number; // how far the source goes along x with each column of the result
  readonly acrossY: number;
  readonly downX: number; // with each row
  readonly downY: number;
}

const STEPS: Readonly<Record<Turn, Steps>> = {
  left: { acrossX: 0, acrossY: 1, downX: -1, downY: 0 },
  right: { acrossX: 0, acrossY: -1, downX: 1, downY: 0 },
  half: { acrossX: -1, acrossY: 0, downX: 0, downY: -1 },
  horizontal: { acrossX: -1, acrossY: 0, downX: 0, downY: 1 },
  vertical: { acrossX: 1, acrossY: 0, downX: 0, downY: -1 },
};

/** Whether a turn exchanges width and height. */
export function isQuarter(turn: Turn): boolean {
  return turn === 'left' || turn === 'right';
}

/** Every pixel at another place, and none of another colour; the upper left corner of the canvas stays where it is. */
export function turning(canvas: Rect, turn: Turn): Remaking {
  const { x, y } = canvas;
  const quarter = isQuarter(turn);
  const rect = {
    x,
    y,
    width: quarter ? canvas.height : canvas.width,
    height: quarter ? canvas.width : canvas.height,
  };
  const { acrossX, acrossY, downX, downY } = STEPS[turn];
  // The old corner that the new upper left one shows.
  const first = {
    x: x + (acrossX + downX < 0 ? canvas.width - 1 : 0),
    y: y + (acrossY + downY < 0 ? canvas.height - 1 : 0),
  };
  const at = (column: number, row: number) => ({
    x: first.x + acrossX * (column - x) + downX * (row - y),
    y: first.y + acrossY * (column - x) + downY * (row - y),
  });
  const sourceOf = (part: Rect): Rect => {
    const a = at(part.x, part.y);
    const b = at(part.x + part.width - 1, part.y + part.height - 1);
    return {
      x: Math.min(a.x, b.x),
      y: Math.min(a.y, b.y),
      width: Math.abs(a.x - b.x) + 1,
      height: Math.abs(a.y - b.y) + 1,
    };
  };
  return {
    rect,
    sourceOf,
    draw(from: Raster, part: Rect) {
      const source = sourceOf(part);
      const bytes = readRect(from, source);
      const pixels = from.channels === 4 ? new Uint32Array(bytes.buffer) : bytes;
      const out =
        from.channels === 4
          ? new Uint32Array(part.width * part.height)
          : new Uint8Array(part.width * part.height);
      const step = acrossY * source.width + acrossX;
      for (let row = 0, i = 0; row < part.height; row++) {
        const begin = at(part.x, part.y + row);
        let j = (begin.y - source.y) * source.width + begin.x - source.x;
        for (let column = 0; column < part.width; column++, i++, j += step) out[i] = pixels[j]!;
      }
      return new Uint8Array(out.buffer);
    },
    coverage: () => null,
  };
}

/** Where a rectangle of the old canvas comes to lie. */
export function turnRect(rect: Rect, canvas: Rect, turn: Turn): Rect {
  const left = rect.x - canvas.x;
  const top = rect.y - canvas.y;
  const right = canvas.width - left - rect.width;
  const bottom = canvas.height - top - rect.height;
  const { width, height } = rect;
  const { x, y } = canvas;
  switch (turn) {
    case 'left':
      return { x: x + top, y: y + right, width: height, height: width };
    case 'right':
      return { x: x + bottom, y: y + left, width: height, height: width };
    case 'half':
      return { x: x + right, y: y + bottom, width, height };
    case 'horizontal':
      return { x: x + right, y: y + top, width, height };
    case 'vertical':
      return { x: x + left, y: y + bottom, width, height };
  }
}

import type { Frame } from '../../../../../core/frames/frame.ts';
import type { Picture } from '../../../../../core/pixels/picture.ts';
import type { Rect } from '../../../../../core/base/geometry.ts';

export const SIDE = 8; // model px per token
const SCALE = 2;
export const UNIT = SIDE * SCALE; // picture px per token

/** A frame of `columns` x `columns` tokens over a whole picture, all of its cells, and grey pictures of its size. */
export function squareFrame(columns: number): {
  readonly frame: Frame;
  readonly everything: Rect; // tokens
  readonly pictureOf: (at: (x: number, y: number) => number) => Picture;
} {
  const width = columns * UNIT;
  return {
    frame: { rect: { x: 0, y: 0, width, height: width }, scale: SCALE, columns, rows: columns },
    everything: { x: 0, y: 0, width: columns, height: columns },
    pictureOf(at) {
      const data = new Uint8Array(width * width * 4).fill(255);
      for (let i = 0; i < width * width; i++)
        data.fill(at(i % width, Math.floor(i / width)), 4 * i, 4 * i + 3);
      return { width, height: width, data };
    },
  };
}

import type { Mask } from '../../core/pixels/masks/mask.ts';
import { paste } from '../../core/pixels/crop.ts';
import type { Picture } from '../../core/pixels/picture.ts';

const GAP = 4; // px
const WHITE = 255;
const HOLE = [255, 0, 140]; // a colour that photographs rarely have

/** Rows of pictures of one size, beside and below each other with white between them. */
export function sheet(rows: readonly (readonly Picture[])[]): Picture {
  const { width, height } = rows[0]![0]!;
  const columns = Math.max(...rows.map((row) => row.length));
  const whole = {
    width: columns * (width + GAP) - GAP,
    height: rows.length * (height + GAP) - GAP,
  };
  const result = { ...whole, data: new Uint8Array(4 * whole.width * whole.height).fill(WHITE) };
  rows.forEach((row, y) => {
    row.forEach((picture, x) => {
      paste(result, picture, x * (width + GAP), y * (height + GAP));
    });
  });
  return result;
}

/** The picture with its hole painted over. */
export function withHoleShown(picture: Picture, hole: Mask): Picture {
  const data = picture.data.slice();
  hole.data.forEach((value, i) => {
    if (value > 0) data.set(HOLE, 4 * i);
  });
  return { ...picture, data };
}

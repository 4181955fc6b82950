import type { Frame } from './frame.ts';
import { fullRect, intersectRects } from '../base/geometry.ts';
import { indicesOf } from '../tokens/cells.ts';
import type { Mask } from '../pixels/masks/mask.ts';

/**
 * The hole that a selection makes in a frame: every cell whose footprint in the picture holds a selected pixel, as
 * ascending flat indices. Where the frame reaches outside the picture its pixels are mirrored in and count as given:
 * only what is selected in the picture itself makes a hole.
 */
export function selectionToHole(mask: Mask, frame: Frame): Int32Array {
  const { rect, columns, rows } = frame;
  const cellWidth = rect.width / columns; // picture px
  const cellHeight = rect.height / rows;
  const whole = fullRect(mask);
  const visible = intersectRects(rect, whole);
  const hit = new Uint8Array(columns * rows);
  for (let y = visible.y; y < visible.y + visible.height; y++) {
    const row = Math.floor((y - rect.y) / cellHeight) * columns;
    const end = visible.x + visible.width;
    for (let x = visible.x; x < end; x++) {
      if (mask.data[(y - whole.y) * mask.width + x - whole.x] === 0) continue;
      const column = Math.floor((x - rect.x) / cellWidth);
      hit[row + column] = 1;
      // The rest of this cell's row cannot add to it.
      x = Math.min(end, rect.x + Math.ceil((column + 1) * cellWidth)) - 1;
    }
  }
  return indicesOf(hit);
}

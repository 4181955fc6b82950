import type { Margins } from '../base/geometry.ts';
import type { Mask } from './masks/mask.ts';
import { paste } from './crop.ts';
import type { Picture } from './picture.ts';

/** A picture on a larger canvas: what is new is transparent, and selected. */
export function extend(picture: Picture, margins: Margins): { picture: Picture; selection: Mask } {
  const width = margins.left + picture.width + margins.right;
  const height = margins.top + picture.height + margins.bottom;
  const larger = { width, height, data: new Uint8Array(width * height * 4) };
  paste(larger, picture, margins.left, margins.top);
  const selection = { width, height, data: new Uint8Array(width * height).fill(255) };
  for (let y = 0; y < picture.height; y++) {
    const start = (margins.top + y) * width + margins.left;
    selection.data.fill(0, start, start + picture.width);
  }
  return { picture: larger, selection };
}

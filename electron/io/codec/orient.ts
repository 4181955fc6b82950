import type { Picture } from '../../../core/pixels/picture.ts';

/** EXIF orientation: 1 upright, 2 mirrored, 3 turned 180°, 4 flipped, 5-8 the same with rows and columns swapped. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

const BLOCK = 32; // px; a block of source and target rows fits the L1 cache

/**
 * The picture as it should be seen. Orientations 5 to 8 swap width and height (Exif 2.32, tag 0x0112).
 * `picture.data` must be aligned to 4 bytes; orientation 1 returns the picture itself.
 */
export function orientPicture(picture: Picture, orientation: Orientation): Picture {
  if (orientation === 1) return picture;
  const { width: w, height: h } = picture;
  const swapped = orientation >= 5;
  const width = swapped ? h : w;
  const height = swapped ? w : h;
  const source = new Uint32Array(picture.data.buffer, picture.data.byteOffset, w * h);
  const target = new Uint32Array(w * h);
  const right = orientation === 2 || orientation === 3 || orientation === 6 || orientation === 7; // ends at the right
  const bottom = orientation === 3 || orientation === 4 || orientation === 7 || orientation === 8; // ends at the foot
  const stepX = (swapped ? width : 1) * ((swapped ? bottom : right) ? -1 : 1); // target px per source column
  const stepY = (swapped ? 1 : width) * ((swapped ? right : bottom) ? -1 : 1); // target px per source row
  const origin = (right ? width - 1 : 0) + (bottom ? (height - 1) * width : 0); // where source px 0 goes
  for (let top = 0; top < h; top += BLOCK) {
    const yEnd = Math.min(top + BLOCK, h);
    for (let left = 0; left < w; left += BLOCK) {
      const xEnd = Math.min(left + BLOCK, w);
      for (let y = top; y < yEnd; y++) {
        let to = origin + y * stepY + left * stepX;
        for (let from = y * w + left; from < y * w + xEnd; from++) {
          target[to] = source[from]!;
          to += stepX;
        }
      }
    }
  }
  return { width, height, data: new Uint8Array(target.buffer) };
}

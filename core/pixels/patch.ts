import { crop, paste } from './crop.ts';
import type { Picture } from './picture.ts';
import type { Rect } from '../base/geometry.ts';
import { fullRect, intersectRects } from '../base/geometry.ts';

/** New pixels for a part of a picture. */
export interface PixelPatch {
  readonly rect: Rect; // picture px, inside the picture
  readonly data: Uint8Array; // [height, width, 4], RGBA
}

/** Writes a patch into a picture, in place, and returns the patch that takes it back. */
export function applyPatch(picture: Picture, patch: PixelPatch): PixelPatch {
  const rect = intersectRects(patch.rect, fullRect(picture));
  const before = crop(picture, rect).data;
  const { x, y, width, height } = patch.rect;
  paste(picture, { width, height, data: patch.data }, x, y);
  return { rect, data: before };
}

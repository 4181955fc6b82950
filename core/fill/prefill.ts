import type { Mask } from '../pixels/masks/mask.ts';
import { membrane } from '../pixels/membrane.ts';
import type { Picture, Planes } from '../pixels/picture.ts';
import type { Rect, Size } from '../base/geometry.ts';
import { toWeightedPlanes } from '../pixels/planes.ts';

/** A pixel of which less than this share can be seen counts as hidden: what is left of it is mostly edge. */
const VISIBLE = 1 / 16;

/**
 * What the encoder sees of a region: the picture with the selection (picture px, the picture's size) and whatever is
 * transparent replaced by a smooth continuation of the surroundings, at another size. What is under a full selection
 * has no part in it, so it cannot reach the tokens around the hole.
 */
export function prefill(picture: Picture, rect: Rect, selection: Mask, size: Size): Planes {
  const { planes, weights } = toWeightedPlanes(picture, rect, size, selection);
  const hidden = new Uint8Array(weights.length);
  let count = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i]! >= VISIBLE) continue;
    hidden[i] = 255;
    count++;
  }
  // With nothing to continue, the grey that nothing was averaged to stays.
  if (count > 0 && count < hidden.length)
    membrane(planes, { width: size.width, height: size.height, data: hidden });
  return planes;
}

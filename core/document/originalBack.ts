import { beginMixing, type Brush, type Stroke } from '../selection/stroke.ts';
import type { Document } from './document.ts';

/** Begins a brush stroke on the picture that paints the original back; see core/selection/stroke.ts for how it goes on. */
export function beginOriginalBack({ picture, original }: Document, brush: Brush): Stroke {
  return beginMixing(picture, (key) => original.tiles.get(key) ?? null, brush);
}

import type { ObjectStroke } from '../selection/object/selectObject.ts';
import type { Method } from './engineApi.ts';

/** A part of a picture, row by row. */
interface Pixels {
  readonly width: number; // px
  readonly height: number;
  readonly picture: Uint8Array; // [height, width, 4]
}

/** What the window asks the engine about the objects in a picture. */
export interface ObjectApi {
  /** Finds what strokes point at, see core/selection/object; `before` is what was found until the newest of them. */
  'object.select': Method<
    Pixels & { readonly strokes: readonly ObjectStroke[]; readonly before: Uint8Array | null },
    never,
    { readonly mask: Uint8Array } // [height, width]
  >;
  /** Lets the border of a mask that was made of a smaller copy find the edges of the picture itself. */
  'object.refine': Method<
    Pixels & {
      readonly coarse: { readonly width: number; readonly height: number; readonly mask: Uint8Array };
    },
    never,
    { readonly mask: Uint8Array }
  >;
}

import { z } from 'zod';
import type { Rect, Size } from '../../base/geometry.ts';
import { between, whole } from '../../base/schema.ts';
import { MAX_CANVAS_SIDE } from '../../base/limits.ts';
import type { Remaking } from './remaking.ts';
import { resizing } from './resizing.ts';
import { type Askew, rotating } from './rotating.ts';
import { type Turn, turning, TURNS } from './turning.ts';

/** How a whole document was drawn anew, as plain JSON: with it and what was before, it can be drawn again. */
export type Recipe =
  | { readonly kind: 'turning'; readonly turn: Turn }
  | { readonly kind: 'resizing'; readonly size: Size }
  | {
      readonly kind: 'rotating';
      readonly frame: Askew;
      readonly selectUncovered: boolean; // whether what the old canvas does not cover becomes selected
    };

/** The remaking of a canvas. */
export function remakingOf(canvas: Rect, recipe: Recipe): Remaking {
  switch (recipe.kind) {
    case 'turning':
      return turning(canvas, recipe.turn);
    case 'resizing':
      return resizing(canvas, recipe.size);
    case 'rotating':
      return rotating(canvas, recipe.frame);
  }
}

export function selectsUncovered(recipe: Recipe): boolean {
  return recipe.kind === 'rotating' && recipe.selectUncovered;
}

const FARTHEST = 2 ** 23; // px
const place = between(-FARTHEST, FARTHEST);
const length = between(0, FARTHEST);
const side = whole(1, MAX_CANVAS_SIDE);

export const recipeSchema: z.ZodType<Recipe> = z.discriminatedUnion(
  'kind',
  [
    z.object({ kind: z.literal('turning'), turn: z.enum(TURNS, TURNS.join(', ')) }),
    z.object({ kind: z.literal('resizing'), size: z.object({ width: side, height: side }, 'a size') }),
    z.object({
      kind: z.literal('rotating'),
      frame: z.object(
        {
          centre: z.object({ x: place, y: place }, 'a point'),
          width: length,
          height: length,
          angle: between(-360, 360),
        },
        'a rectangle that stands askew',
      ),
      selectUncovered: z.boolean('true or false'),
    }),
  ],
  'a turn, a size or a rotation',
);

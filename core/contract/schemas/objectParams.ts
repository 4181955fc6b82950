import { z } from 'zod';
import { between, whole } from '../../base/schema.ts';
import { bytes } from './values.ts';
import { fits } from './fillParams.ts';

const MOST_SIDE = 8192; // px
const FARTHEST = 1 << 20; // px from the picture's corner
const MOST_STROKES = 256;
const MOST_POINTS = 16_384;

const object = 'an object';
const side = whole(1, MOST_SIDE);
const place = between(-FARTHEST, FARTHEST);
const pixels = { width: side, height: side, picture: bytes() };
const stroke = z.object(
  {
    adds: z.boolean('true or false'),
    radius: between(0, MOST_SIDE),
    points: z
      .array(z.object({ x: place, y: place }, 'a point'), 'a list of points')
      .min(1, 'at least one point')
      .max(MOST_POINTS, `at most ${MOST_POINTS} points`),
  },
  'a stroke',
);

export const objectToSelect = z
  .object(
    {
      ...pixels,
      strokes: z.array(stroke, 'a list of strokes').max(MOST_STROKES, `at most ${MOST_STROKES} strokes`),
      before: bytes().nullable(),
    },
    object,
  )
  .superRefine(({ width, height, picture, before }, context) => {
    fits(context, 'picture', picture, 4 * width * height);
    if (before) fits(context, 'before', before, width * height);
  });

export const objectToRefine = z
  .object({ ...pixels, coarse: z.object({ width: side, height: side, mask: bytes() }, 'a mask') }, object)
  .superRefine(({ width, height, picture, coarse }, context) => {
    fits(context, 'picture', picture, 4 * width * height);
    fits(context, 'coarse', coarse.mask, coarse.width * coarse.height);
  });

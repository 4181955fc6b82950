import { z } from 'zod';
import { contradictionIn, type TokenFile, tokenFileSchema } from '../../tokens/tokenFile.ts';
import type { TokenGrid } from '../../tokens/grid.ts';
import { areCells, feather, fits, frame, frameToFill, prompt, share } from './fillParams.ts';
import { MAX_GRID_SIDE } from '../../base/limits.ts';
import { whole } from '../../base/schema.ts';
import { bytes, name, rect } from './values.ts';

const MAX_SUGGESTIONS = 1024;

const object = 'an object';
const ids = z.instanceof(Int32Array, { error: 'ids' });
const side = whole(1, MAX_GRID_SIDE);
const cells = z
  .array(whole(0, MAX_GRID_SIDE ** 2 - 1), 'a list of cells')
  .refine((list) => new Set(list).size === list.length, 'a list of cells, each once');
const someCells = cells.min(1, 'at least one cell');

const grid: z.ZodType<TokenGrid> = z
  .object({ width: side, height: side, ids }, 'a grid')
  .refine((given) => given.ids.length === given.width * given.height, 'a grid with an id for each cell');

/** Checks what concerns a frame and the region that it sees. */
type Seen = z.infer<z.ZodObject<typeof seen>>;
const seen = { frame, region: rect, picture: bytes() };

function checkSeen({ region, picture }: Seen, context: z.RefinementCtx): void {
  fits(context, 'picture', picture, 4 * region.width * region.height);
}

function checkGrid(
  context: z.RefinementCtx,
  key: string,
  { width, height }: TokenGrid,
  of: Seen['frame'],
): void {
  if (width === of.columns && height === of.rows) return;
  context.addIssue({ code: 'custom', path: [key], message: `a grid of ${of.columns} x ${of.rows} tokens` });
}

export const tokensToEncode = z.object({ package: name, ...seen }, object).superRefine(checkSeen);

export const tokensToPaint = z
  .object({ package: name, ...seen, before: grid, after: grid, cells: someCells }, object)
  .superRefine((params, context) => {
    checkSeen(params, context);
    checkGrid(context, 'before', params.before, params.frame);
    checkGrid(context, 'after', params.after, params.frame);
    areCells(context, ['cells'], params.cells, params.frame);
  });

export const tokensToSuggest = z
  .object(
    {
      package: name,
      ...seen,
      grid,
      hole: cells,
      cells: someCells,
      count: whole(1, MAX_SUGGESTIONS),
      prompt: z.exactOptional(prompt),
    },
    object,
  )
  .superRefine((params, context) => {
    checkSeen(params, context);
    checkGrid(context, 'grid', params.grid, params.frame);
    areCells(context, ['hole'], params.hole, params.frame);
    areCells(context, ['cells'], params.cells, params.frame);
  });

export const tokensToMeasure = z.object({ package: name, grid, prompt: z.exactOptional(prompt) }, object);

export const tokenFile: z.ZodType<TokenFile> = tokenFileSchema.superRefine((file, context) => {
  const contradiction = contradictionIn(file);
  if (contradiction !== null) {
    context.addIssue({ code: 'custom', message: `tokens that agree with themselves (${contradiction})` });
  }
});

export const tokensToCompose = z
  .object(
    {
      package: name,
      frame: frameToFill,
      hole: someCells,
      known: ids,
      ids,
      feather,
      detail: share,
      texture: share,
      repair: z.exactOptional(z.boolean('true or false')),
    },
    object,
  )
  .superRefine(({ frame: { plan }, hole, known, ids: given }, context) => {
    areCells(context, ['hole'], hole, plan.frame);
    for (const [key, list] of Object.entries({ known, ids: given })) {
      if (list.length === plan.frame.columns * plan.frame.rows) continue;
      context.addIssue({ code: 'custom', path: [key], message: 'an id for each cell of the frame' });
    }
  });

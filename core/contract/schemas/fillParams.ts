import { z } from 'zod';
import type { Frame } from '../../frames/frame.ts';
import type { FramePlan } from '../../frames/planFrames.ts';
import { ORDERS, type Prompt, type Remasking, SCHEDULES } from '../../sampling/request.ts';
import { fillStartSchema } from '../../tokens/fillStart.ts';
import type { KnownTokens } from '../../fill/params.ts';
import { LIMITS } from '../../sampling/validate.ts';
import { LIMIT_OF_CANDIDATES, MAX_GRID_SIDE, MAX_ID, MAX_SEED } from '../../base/limits.ts';
import { between, whole } from '../../base/schema.ts';
import { bytes, name, rect } from './values.ts';

const MAX_FRAMES = 10_000;

export const frame: z.ZodType<Frame> = z
  .object(
    {
      rect,
      scale: between(1e-3, 1e3),
      columns: whole(1, MAX_GRID_SIDE),
      rows: whole(1, MAX_GRID_SIDE),
    },
    'a frame',
  )
  .refine(isWhole, 'a frame whose tokens are squares of whole px');

function isWhole({ rect, columns, rows }: Frame): boolean {
  const unit = rect.width / columns;
  return Number.isInteger(unit) && rect.height === unit * rows;
}

const numbers = z.array(whole(-1, MAX_ID), 'a list of whole numbers');

const known: z.ZodType<KnownTokens> = z
  .object({ cells: numbers, ids: numbers, pins: numbers }, 'known tokens')
  .refine(({ cells, ids }) => cells.length === ids.length, 'known tokens with an id for each cell')
  .refine(({ cells }) => new Set(cells).size === cells.length, 'known tokens with each cell once')
  .refine(({ cells, pins }) => {
    const all = new Set(cells);
    return pins.every((pin) => all.has(pin));
  }, 'known tokens whose pins are among their cells');

const plan: z.ZodType<FramePlan> = z.object(
  {
    frame,
    bounds: rect,
    get coarse() {
      return z.exactOptional(plan);
    },
  },
  'a plan',
);

export const frameToFill = z
  .object(
    {
      plan,
      region: rect,
      picture: bytes(),
      selection: bytes(),
      tokens: z.exactOptional(known),
      start: z.exactOptional(fillStartSchema),
    },
    'a frame with what it can see',
  )
  .superRefine(({ region, picture, selection }, context) => {
    const area = region.width * region.height;
    fits(context, 'picture', picture, 4 * area);
    fits(context, 'selection', selection, area);
  })
  .superRefine(({ plan, tokens }, context) => {
    if (tokens) areCells(context, ['tokens', 'cells'], tokens.cells, plan.frame);
  });

/** Says where the bytes of a region have another length. */
export function fits(context: z.RefinementCtx, key: string, given: Uint8Array, due: number): void {
  if (given.length === due) return;
  context.addIssue({ code: 'custom', path: [key], message: `the ${due} bytes of its region` });
}

/** Says where cells do not lie in a frame. */
export function areCells(
  context: z.RefinementCtx,
  path: string[],
  cells: readonly number[],
  { columns, rows }: Pick<Frame, 'columns' | 'rows'>,
): void {
  if (cells.every((cell) => cell >= 0 && cell < columns * rows)) return;
  context.addIssue({ code: 'custom', path, message: `cells of a frame of ${columns} x ${rows} tokens` });
}

/** How wide a border is feathered, px. */
export const feather = between(0, 10_000);
export const share = between(0, 1);

const remasking: z.ZodType<Remasking> = z.discriminatedUnion(
  'kind',
  [
    z.object({ kind: z.literal('none') }),
    z.object({ kind: z.enum(['cap', 'rescale', 'conf']), eta: share }),
    z.object({
      kind: z.literal('loop'),
      eta: share,
      from: share,
      to: share,
      alpha: z.exactOptional(share),
    }),
  ],
  'a way of remasking',
);

// What belongs together in it is checked where a request is made of it (core/sampling/validate.ts).
const sampling = z.object(
  {
    order: z.enum(ORDERS, `one of ${ORDERS.join(', ')}`),
    schedule: z.enum(SCHEDULES, `one of ${SCHEDULES.join(', ')}`),
    steps: whole(1, LIMITS.steps),
    temperature: between(0, LIMITS.temperature),
    gumbel: between(0, LIMITS.gumbel),
    filters: z.object(
      {
        topK: z.exactOptional(whole(1, MAX_ID)),
        topP: z.exactOptional(share),
        truncation: z.exactOptional(share),
      },
      'filters',
    ),
    remasking,
    sharpening: z.exactOptional(between(0, LIMITS.sharpening)),
  },
  'a preset',
);

export const prompt: z.ZodType<Prompt> = z.object(
  {
    text: z.string('a text').max(LIMITS.prompt, `at most ${LIMITS.prompt} characters`),
    negative: z.string('a text').max(LIMITS.prompt, `at most ${LIMITS.prompt} characters`),
    guidance: between(0, LIMITS.guidance),
  },
  'a prompt',
);

export const fillParams = z.object(
  {
    package: name,
    frames: z
      .array(frameToFill, 'a list of frames')
      .min(1, 'at least one frame')
      .max(MAX_FRAMES, `at most ${MAX_FRAMES} frames`),
    sampling,
    seed: whole(0, MAX_SEED),
    candidates: whole(1, LIMITS.candidates),
    first: z.exactOptional(whole(0, LIMIT_OF_CANDIDATES - 1)),
    feather,
    detail: share,
    texture: share,
    prompt: z.exactOptional(prompt),
    strength: z.exactOptional(share),
  },
  'the parameters of a fill',
);

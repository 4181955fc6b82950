import { z } from 'zod';
import type { Frame } from '../../frames/frame.ts';
import { ORDERS, SCHEDULES } from '../../sampling/request.ts';
import type { Remasking } from '../../sampling/request.ts';
import { LIMITS } from '../../sampling/validate.ts';
import { between, bytes, name, rect, whole } from './values.ts';

/** Tokens per side of a frame. */
const MOST_TOKENS = 4096;

const MOST_FRAMES = 10_000;
const MOST_FEATHER = 10_000; // px

const frame: z.ZodType<Frame> = z
  .object(
    {
      rect,
      scale: between(1e-3, 1e3),
      columns: whole(1, MOST_TOKENS),
      rows: whole(1, MOST_TOKENS),
    },
    'a frame',
  )
  .refine(isWhole, 'a frame whose tokens are squares of whole px');

function isWhole({ rect, columns, rows }: Frame): boolean {
  const unit = rect.width / columns;
  return Number.isInteger(unit) && rect.height === unit * rows;
}

const frameToFill = z
  .object(
    { plan: z.object({ frame, bounds: rect }, 'a plan'), region: rect, picture: bytes(), selection: bytes() },
    'a frame with what it can see',
  )
  .superRefine(({ region, picture, selection }, context) => {
    const area = region.width * region.height;
    const misfit = (key: string, due: number): void => {
      context.addIssue({ code: 'custom', path: [key], message: `the ${due} bytes of its region` });
    };
    if (picture.length !== 4 * area) misfit('picture', 4 * area);
    if (selection.length !== area) misfit('selection', area);
  });

const share = between(0, 1);

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
        topK: z.exactOptional(whole(1, 2 ** 31 - 1)),
        topP: z.exactOptional(share),
        truncation: z.exactOptional(share),
      },
      'filters',
    ),
    remasking,
  },
  'a preset',
);

export const fillParams = z.object(
  {
    package: name,
    frames: z
      .array(frameToFill, 'a list of frames')
      .min(1, 'at least one frame')
      .max(MOST_FRAMES, `at most ${MOST_FRAMES} frames`),
    sampling,
    seed: whole(0, 2 ** 32 - 1),
    candidates: whole(1, LIMITS.candidates),
    feather: between(0, MOST_FEATHER),
    detail: share,
  },
  'the parameters of a fill',
);

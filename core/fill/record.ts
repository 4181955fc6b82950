import { z } from 'zod';
import { seedText } from '../base/seeds.ts';
import type { FillOutcome, FillParams } from './params.ts';
import { growsPicture } from './planFills.ts';
import { DEFAULT_TEXTURE, type FillSettings } from './settings.ts';

const count = z.int().min(0);

/** What was done to a picture; travels inside the files we write. */
export const fillRecordSchema = z.object({
  format: z.literal(1),
  software: z.string(), // e.g. "Tessera 0.1.0"
  operation: z.enum(['fill', 'outpaint', 'repair']),
  package: z.object({ id: z.string(), version: z.string() }),
  preset: z.string(),
  seed: z.int().min(0),
  candidate: z.int().min(1).optional(), // which of the seed's candidates, from 1
  // Tokens of the hole, and how many of them stayed as they were; picture px selected.
  hole: z.object({ tokens: count, pixels: count, pinned: count.optional() }),
  settings: z.record(z.string(), z.json()).optional(), // what deviates from the preset, e.g. { steps: 20 }
});

export type FillRecord = z.infer<typeof fillRecordSchema>;

/** What a record is made of. */
export interface Recorded {
  readonly version: string; // of Tessera
  readonly package: { readonly id: string; readonly version: string };
  readonly settings: FillSettings;
  readonly params: FillParams;
  readonly outcome: FillOutcome;
  readonly candidate: number; // index
  /** What else was set otherwise than usual, such as the branch that was followed. */
  readonly more?: FillRecord['settings'];
}

/** What was done, the same wherever it was asked for. */
export function recordOf({
  version,
  package: { id, version: packageVersion },
  settings,
  params,
  outcome,
  candidate,
  more,
}: Recorded): FillRecord {
  const pinned = pinsIn(outcome);
  const { first = 0 } = params;
  const changed = { ...deviations(settings), ...more };
  return {
    format: 1,
    software: `Tessera ${version}`,
    operation: params.strength !== undefined ? 'repair' : growsPicture(params) ? 'outpaint' : 'fill',
    package: { id, version: packageVersion },
    preset: settings.preset,
    seed: params.seed,
    ...(first + params.candidates > 1 && { candidate: first + candidate + 1 }),
    hole: { tokens: tokensIn(outcome), pixels: outcome.selectedPixels, ...(pinned > 0 && { pinned }) },
    ...(Object.keys(changed).length > 0 && { settings: changed }),
  };
}

/** Tokens in the holes of a fill, over all frames. */
export function tokensIn({ frames }: Pick<FillOutcome, 'frames'>): number {
  return frames.reduce((sum, { hole }) => sum + hole.length, 0);
}

/** Tokens of the holes that stayed as they were. */
export function pinsIn({ frames }: Pick<FillOutcome, 'frames'>): number {
  return frames.reduce((sum, { request }) => sum + request.pins.length, 0);
}

/** What was set otherwise than the preset has it. */
function deviations({
  changes,
  feather,
  detail,
  texture,
  scale,
  prompt,
  strength,
}: FillSettings): NonNullable<FillRecord['settings']> {
  const { filters, ...others } = changes;
  return {
    ...others,
    ...filters,
    ...(feather > 0 && { feather }),
    ...(detail !== 1 && { detail }),
    ...(texture !== DEFAULT_TEXTURE && { texture }),
    ...(scale !== null && { scale }),
    ...(prompt && {
      prompt: prompt.text,
      guidance: prompt.guidance,
      ...(prompt.negative !== '' && { negative: prompt.negative }),
    }),
    ...(strength !== null && { strength }),
  };
}

/** The record as one sentence for people. */
export function describeRecord(record: FillRecord): string {
  const { operation, hole, preset, seed, candidate = 1 } = record;
  const verb = { fill: 'Filled', outpaint: 'Extended by', repair: 'Repaired' }[operation];
  const model = `${record.package.id} ${record.package.version}`;
  return `${verb} ${hole.tokens} tokens (${hole.pixels} px) with ${model}, preset ${preset}, seed ${seedText({ seed, first: candidate - 1 })}.`;
}

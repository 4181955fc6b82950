import { z } from 'zod';

const count = z.int().min(0);

/** What was done to a picture; travels inside the files we write. */
export const fillRecordSchema = z.object({
  format: z.literal(1),
  software: z.string(), // e.g. "Tessera 0.1.0"
  operation: z.enum(['fill', 'outpaint']),
  package: z.object({ id: z.string(), version: z.string() }),
  preset: z.string(),
  seed: z.int().min(0),
  candidate: z.int().min(1).optional(), // which of the fill's candidates, from 1
  // Tokens of the hole, and how many of them stayed as they were; picture px selected.
  hole: z.object({ tokens: count, pixels: count, pinned: count.optional() }),
  settings: z.record(z.string(), z.json()).optional(), // what deviates from the preset, e.g. { steps: 20 }
});

export type FillRecord = z.infer<typeof fillRecordSchema>;

/** The record as one sentence for people. */
export function describeRecord(record: FillRecord): string {
  const { operation, hole, preset, seed } = record;
  const verb = operation === 'fill' ? 'Filled' : 'Extended by';
  const model = `${record.package.id} ${record.package.version}`;
  return `${verb} ${hole.tokens} tokens (${hole.pixels} px) with ${model}, preset ${preset}, seed ${seed}.`;
}

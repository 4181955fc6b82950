import { z } from 'zod';
import { text, whole } from '../base/schema.ts';
import { PLAN_SOURCES } from '../fill/params.ts';

// Each text completes the sentence "<place> must be ...".
const number = z.number('a number');
const count = whole(0);

/** One thing that a step was done with, as values; the window makes texts of them (renderer/ui/history/detailsText.ts). */
export const detailSchema = z.discriminatedUnion(
  'kind',
  [
    object('count', {
      of: oneOf(['steps', 'tokens', 'pinned', 'frames', 'cells', 'codes', 'corners']),
      count,
    }),
    object('length', { of: oneOf(['by', 'feather']), px: number }),
    object('share', {
      of: oneOf([
        'detail',
        'texture',
        'probability',
        'share',
        'confidence',
        'size',
        'opacity',
        'match',
        'strength',
      ]),
      share: number,
    }), // 0 .. 1; of its own size also more
    object('angle', { degrees: number }), // clockwise
    object('levels', { of: oneOf(['tolerance', 'fuzziness']), levels: number }), // of 255
    object('size', { of: oneOf(['px', 'tokens']), width: number, height: number }),
    object('scale', { least: number, most: number }), // picture px per model px
    object('brush', { size: number, hardness: number, opacity: number }), // px, 0 .. 1, 0 .. 1
    object('selection', { mode: oneOf(['replace', 'add', 'subtract', 'intersect']) }),
    object('contiguous', { contiguous: z.boolean('true or false') }),
    object('preset', { preset: text, changes: z.record(z.string(), z.json(), 'values by name') }),
    object('prompt', { text, negative: text, guidance: number }),
    object('plan', { source: oneOf(PLAN_SOURCES) }),
    object('score', { surprise: number, seam: number }), // bits per token, levels of 255
    object('mismatch', { ratio: number }), // of fills before there was a score: how unlike the picture the plan is
    object('seed', { seed: count, candidate: count.optional() }), // which of the seed's candidates, from 1
    object('temperature', { temperature: number }),
    object('candidate', { number: count, of: count }), // from 1
    object('branch', { step: count, candidate: text }),
    object('mix', { tokens: count, others: z.array(text, 'a list of texts'), base: text }), // names of candidates
    object('package', { name: text, version: text }),
    object('duration', { ms: number }),
    object('code', { id: count }),
    object('replaced', { codes: z.array(count, 'a list of codes') }),
    object('cell', { row: count, column: count }),
    object('file', { name: text }),
    object('text', { name: text, text }), // as projects of format 1 have them
  ],
  'a detail of a known kind',
);

export type Detail = z.infer<typeof detailSchema>;

function object<K extends string, S extends z.ZodRawShape>(kind: K, shape: S) {
  return z.object({ kind: z.literal(kind), ...shape }, 'an object').readonly();
}

function oneOf<const T extends readonly [string, ...string[]]>(values: T) {
  return z.enum(values, `one of ${values.join(', ')}`);
}

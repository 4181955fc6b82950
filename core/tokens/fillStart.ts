import { z } from 'zod';
import { MAX_ID } from '../base/limits.ts';
import type { RngState } from '../base/rng.ts';
import { between, whole } from '../base/schema.ts';
import { MASK } from './grid.ts';

/** One candidate after some steps of a fill; every candidate of a branch goes on from there. Plain JSON. */
export interface FillStart {
  readonly step: number; // steps done, 1 .. steps - 1
  readonly ids: readonly number[]; // [height * width], MASK where still missing
  /** The model's confidence in each token; files and messages call it `believed`. */
  readonly believed: readonly number[]; // [height * width], its probability when it was revealed; else 0
  /** The generator's state after that step, to repeat the rest exactly; left out, candidate i draws from stream i of the seed. */
  readonly rng?: RngState;
}

const id = whole(MASK, MAX_ID, `the id of a code, or ${MASK} for a missing token`);
const word = whole(0, 2 ** 32 - 1); // 32 bits of the generator's state

/** Messages end the sentence "FIELD must be ...". What belongs together is checked with its request (core/sampling/validate.ts). */
export const fillStartSchema: z.ZodType<FillStart> = z.object(
  {
    step: whole(1, MAX_ID, 'the number of a step'),
    ids: z.array(id, 'a list of ids'),
    believed: z.array(between(0, 1), 'a list of probabilities'),
    rng: z.exactOptional(z.tuple([word, word, word, word, word, word], 'the state of a generator')),
  },
  'where a branch starts',
);

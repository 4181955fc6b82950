import { z } from 'zod';
import type { RngState } from '../base/rng.ts';
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

const MANY = 2 ** 31 - 1; // far beyond any number of codes or steps
const stepIs = 'the number of a step';
const idIs = `the id of a code, or ${MASK} for a missing token`;
const shareIs = 'a number from 0 to 1';
const wordIs = 'a whole number from 0 to 4294967295';
const word = z
  .int(wordIs)
  .min(0, wordIs)
  .max(2 ** 32 - 1, wordIs);

/** Messages end the sentence "FIELD must be ...". What belongs together is checked with its request (core/sampling/validate.ts). */
export const fillStartSchema: z.ZodType<FillStart> = z.object(
  {
    step: z.int(stepIs).min(1, stepIs).max(MANY, stepIs),
    ids: z.array(z.int(idIs).min(MASK, idIs).max(MANY, idIs), 'a list of ids'),
    believed: z.array(z.number(shareIs).min(0, shareIs).max(1, shareIs), 'a list of probabilities'),
    rng: z.exactOptional(z.tuple([word, word, word, word, word, word], 'the state of a generator')),
  },
  'where a branch starts',
);

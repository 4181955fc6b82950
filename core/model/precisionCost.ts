import { z } from 'zod';
import { between, whole } from '../base/schema.ts';

const finite = z.number('a number');

/** What numbers of fewer bits cost a model, measured on sample pictures against the same model as it was published. */
export const precisionCostSchema = z.object(
  {
    pictures: whole(1),
    tokenizer: z.object(
      {
        loss: finite, // dB of PSNR that pictures lose more on their way through tokens and back
        likeness: finite.nullable(), // dB of PSNR between the same tokens decoded by both; null where no pixel differs
        sameCodes: between(0, 1), // share of tokens for which both encoders choose the same code
      },
      'an object that says what the tokenizer loses',
    ),
    // Bits per token: how unlikely the true tokens are to it with half of them missing, as published and as it is now.
    denoiser: z
      .object({ published: finite, now: finite }, 'an object that says what the denoiser loses')
      .nullable(), // of a tokenizer alone
  },
  'an object that says what a precision costs',
);

export type PrecisionCost = z.infer<typeof precisionCostSchema>;

import { TesseraError } from '../../../core/base/errors.ts';
import type { ChosenCodes } from '../codec/plan.ts';
import { openCheckpoint } from '../readers/openCheckpoint.ts';
import { ALONE } from '../readers/torch/tensorsIn.ts';

/**
 * Which codes of a tokenizer a denoiser uses, from the table of its authors: for each code of the tokenizer the one of the
 * denoiser. Codes that it does not use stand for its first; of several that stand for one, the first is drawn.
 *
 * @throws TesseraError 'input' if the table is not of a denoiser with so many codes
 */
export async function chosenCodes(file: string, codes: number): Promise<ChosenCodes> {
  const checkpoint = await openCheckpoint(file);
  try {
    const own = Int32Array.from(await checkpoint.readIntegers(ALONE), Number);
    const full = new Int32Array(codes).fill(-1);
    own.forEach((code, at) => {
      if (code >= 0 && code < codes && full[code] === -1) full[code] = at;
    });
    if (own.every((code) => code >= 0 && code < codes) && !full.includes(-1)) return { own, full };
  } finally {
    await checkpoint.close();
  }
  throw new TesseraError(
    'input',
    `The table of codes is not that of a model with ${codes} codes.`,
    `Choose taming_vqvae_${codes}.pt of the authors.`,
  );
}

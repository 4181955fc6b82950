import { TesseraError } from '../../../core/base/errors.ts';

/** A model of a family that is put together otherwise than those that were published. */
export function unknownVariant(family: string): TesseraError {
  return new TesseraError(
    'input',
    `This is a variant of ${family} that Tessera does not know.`,
    'The list of known models says which files to look for.',
  );
}

import path from 'node:path';
import { TesseraError } from '../../../core/base/errors.ts';
import type { TextParts } from './writeText.ts';
import { CODECS, DENOISERS } from '../families/families.ts';
import { FAMILY_NAMES, type Located, type Recognised, type TokenizerPiece } from '../recognise/piece.ts';

/** The parts of a model that a package can be made of. */
export interface Parts {
  readonly tokenizer: Located<TokenizerPiece>;
  readonly denoiser: Recognised['denoiser'];
  readonly words: TextParts | null; // of a denoiser that is led by texts
  readonly table: Recognised['table'];
}

/** The parts that were recognised. @throws TesseraError 'input' if they are too few, or a part is of a kind that cannot run */
export function partsOf({ tokenizer, denoiser, text, vocabulary, empty, table, missing }: Recognised): Parts {
  if (!tokenizer) throw new TesseraError('input', missing ?? 'There is no tokenizer.', 'Give both files.');
  for (const [piece, known] of [
    [tokenizer, CODECS],
    [denoiser, DENOISERS],
  ] as const) {
    if (!piece || known[piece.family]) continue;
    throw new TesseraError(
      'input',
      `${path.basename(piece.file)} is a ${piece.part} of ${FAMILY_NAMES[piece.family]}, which Tessera knows and cannot run yet.`,
      piece.part === 'denoiser' ? 'Its tokenizer alone can be added.' : 'Choose another model.',
    );
  }
  if (!denoiser || DENOISERS[denoiser.family]!.text === null)
    return { tokenizer, denoiser, words: null, table };
  const complete = tokenizer.codes === denoiser.codes || table !== null;
  if (text && vocabulary && complete)
    return { tokenizer, denoiser, words: { text, vocabulary, empty }, table };
  throw new TesseraError(
    'input',
    missing ?? 'The text model is missing.',
    'Give the whole folder of the model.',
  );
}

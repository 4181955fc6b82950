import { TesseraError } from '../../../core/base/errors.ts';
import type { DecodedPicture } from '../../io/codec/decode.ts';
import { readPicture } from '../../io/readPicture.ts';
import type { Context } from './context.ts';

/** Options of the commands that read pictures. */
export interface InputOptions {
  readonly page?: number; // of a file with several pictures, from 1
  readonly damaged: boolean; // whether what is there of a damaged picture is read
}

/** Reads a picture, and says where it is one of several in its file. */
export async function readInput(
  { reporter }: Context,
  input: string,
  { page, damaged }: InputOptions,
): Promise<DecodedPicture> {
  const options = page === undefined ? {} : { page };
  const read = await readPicture(input, input, options).catch((error: unknown) => {
    if (!damaged || !(error instanceof TesseraError) || error.damaged !== true) throw error;
    return readPicture(input, input, { ...options, partial: true });
  });
  if (read.missing) {
    const { x, y, width, height } = read.missing;
    reporter.note(
      `"${input}" is damaged: ${width} x ${height} px at ${x},${y} are missing, and transparent.`,
    );
  }
  const { frames, frame, width, height } = read.info;
  if (frames > 1 && page === undefined) {
    reporter.note(
      `"${input}" holds ${frames} pictures; number ${frame} of ${width} x ${height} px is read. --page chooses another.`,
    );
  }
  return read;
}

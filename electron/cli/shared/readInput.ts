import type { DecodedPicture } from '../../io/codec/decode.ts';
import { readPicture } from '../../io/readPicture.ts';
import type { Context } from './context.ts';

/** Options of the commands that read pictures. */
export interface InputOptions {
  readonly page?: number; // of a file with several pictures, from 1
}

/** Reads a picture, and says where it is one of several in its file. */
export async function readInput(
  { reporter }: Context,
  input: string,
  { page }: InputOptions,
): Promise<DecodedPicture> {
  const read = await readPicture(input, input, page === undefined ? {} : { page });
  const { frames, frame, width, height } = read.info;
  if (frames > 1 && page === undefined) {
    reporter.note(
      `"${input}" holds ${frames} pictures; number ${frame} of ${width} x ${height} px is read. --page chooses another.`,
    );
  }
  return read;
}

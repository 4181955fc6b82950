import { TesseraError } from '../../base/errors.ts';

/** The format of projects that this version writes. */
export const PROJECT_FORMAT = 1;

/** A manifest before its schema was checked. */
export type RawManifest = Readonly<Record<string, unknown>>;

/** Turns a manifest of one format into one of the next. */
export type Converter = (older: RawManifest) => RawManifest;

/** One for each step: the first turns format 1 into 2. */
const CONVERTERS: readonly Converter[] = [];

/**
 * A manifest in the newest format, unchecked.
 *
 * @param format of the manifest, a whole number from 1
 * @param source what to call the project in messages
 * @throws TesseraError 'input' for a format that only newer versions read
 */
export function upgrade(
  manifest: RawManifest,
  format: number,
  source: string,
  converters: readonly Converter[] = CONVERTERS,
): RawManifest {
  const newest = converters.length + 1;
  if (format > newest) {
    throw new TesseraError(
      'input',
      `${source} was saved by a newer version of Tessera (format ${format}; this version reads ${newest}).`,
      'Update Tessera.',
    );
  }
  return converters.slice(format - 1).reduce((older, convert) => convert(older), manifest);
}

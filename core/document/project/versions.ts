import { TesseraError } from '../../base/errors.ts';

/** The format of projects that this version writes. */
export const PROJECT_FORMAT = 2;

/** A manifest before its schema was checked. */
export type RawManifest = Readonly<Record<string, unknown>>;

/** Turns a manifest of one format into one of the next. */
export type Converter = (older: RawManifest) => RawManifest;

/** One for each step: the first turns format 1 into 2. */
const CONVERTERS: readonly Converter[] = [textsToDetails];

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

/** Format 1 kept what a step was done with as texts by name: `facts: { Seed: '7' }`. They are shown as they are. */
function textsToDetails(older: RawManifest): RawManifest {
  const history = recordOf(older.history);
  const entries = history?.entries;
  if (!Array.isArray(entries)) return { ...older, format: 2 };
  return { ...older, format: 2, history: { ...history, entries: entries.map(withDetails) } };
}

function withDetails(entry: unknown): unknown {
  const fields = recordOf(entry);
  const facts = recordOf(fields?.facts);
  if (!fields || !facts) return entry; // the schema says what is wrong with it
  const details = Object.entries(facts).map(([name, text]) => ({ kind: 'text', name, text }));
  return { ...fields, details };
}

function recordOf(value: unknown): RawManifest | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as RawManifest) : null;
}

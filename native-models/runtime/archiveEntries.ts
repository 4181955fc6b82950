import { type Entry, getFileNameLowLevel } from 'yauzl';

/** What we accept of an archive; models hardly compress, so much more than this is an attack or a mistake. */
export const ARCHIVE_LIMITS = {
  entries: 1000,
  totalBytes: 8 * 2 ** 30,
  ratio: 100, // bytes out per byte in …
  ratioFrom: 1 << 20, // … of entries that are at least this large
} as const;

/** An entry by its checked name. */
export type Entries = ReadonlyMap<string, Entry>;

/**
 * Checks the table of contents of an archive before anything is written: plain names only, each once, no links, not
 * encrypted, no more data than we accept.
 *
 * @returns the entries by name, or what is wrong as the rest of a sentence that begins with the archive's name
 */
export function checkEntries(entries: readonly Entry[]): Entries | string {
  const byName = new Map<string, Entry>();
  const seen = new Set<string>(); // in lower case: on Windows and macOS names that differ only in case are one file
  let total = 0;
  for (const entry of entries) {
    const name = decodeName(entry);
    const problem = nameProblem(name) ?? kindProblem(name, entry) ?? ratioProblem(name, entry);
    if (problem) return problem;
    if (seen.has(name.toLowerCase())) return `contains "${name}" twice`;
    total += entry.uncompressedSize;
    if (total > ARCHIVE_LIMITS.totalBytes)
      return `unpacks to more than ${ARCHIVE_LIMITS.totalBytes / 2 ** 30} GB`;
    seen.add(name.toLowerCase());
    byName.set(name, entry);
  }
  return byName;
}

function decodeName(entry: Entry): string {
  return getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
}

function nameProblem(name: string): string | null {
  const shown = JSON.stringify(name); // control characters must not reach a terminal
  if (/^[\\/]|^[A-Za-z]:/.test(name)) return `contains ${shown}, an absolute path`;
  if (name.split(/[\\/]/).includes('..'))
    return `contains ${shown}, which would be written outside the package`;
  if (/[\\/]/.test(name)) return `contains ${shown}, and a package has no folders inside`;
  if (!/^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(name)) return `contains ${shown}, which is not a plain file name`;
  return null;
}

const FILE_TYPE = 0o170000;
const REGULAR_FILE = 0o100000;

function kindProblem(name: string, entry: Entry): string | null {
  // The high half holds the Unix mode where the archive was made on Unix; 0 elsewhere.
  const type = (entry.externalFileAttributes >>> 16) & FILE_TYPE;
  if (type !== 0 && type !== REGULAR_FILE)
    return `contains "${name}", which is a link or another special file`;
  if (entry.isEncrypted()) return `is encrypted`;
  return null;
}

function ratioProblem(name: string, entry: Entry): string | null {
  const { uncompressedSize, compressedSize } = entry;
  const suspicious =
    uncompressedSize >= ARCHIVE_LIMITS.ratioFrom && uncompressedSize > compressedSize * ARCHIVE_LIMITS.ratio;
  return suspicious ? `contains "${name}", which unpacks to far more than it holds` : null;
}

import { z } from 'zod';
import { TesseraError } from '../../base/errors.ts';
import { firstIssue, parseJson } from '../../base/schema.ts';
import { allEntries, pruned } from '../branches.ts';
import { type Manifest, manifestSchema } from './manifest.ts';
import { findParts, type PartUses } from './parts.ts';
import { tokenLists } from './tokenLists.ts';
import { type RawManifest, upgrade } from './versions.ts';

/** A manifest that was checked, and the parts that it names. */
export interface Project {
  readonly manifest: Manifest;
  readonly parts: PartUses;
}

/**
 * Reads a manifest, of this version's format or an older one.
 *
 * @param source what to call the project in messages, such as the file's name in quotes
 * @throws TesseraError 'input', one sentence about the first problem; a newer format has a sentence of its own
 */
export function parseProject(json: string, source: string): Project {
  const raw = parseObject(json, source);
  const checked = manifestSchema.safeParse(upgrade(raw, formatOf(raw, source), source));
  if (!checked.success) throw broken(source, firstIssue(checked.error));
  const manifest = checked.data;
  const parts = findParts(manifest);
  if (typeof parts === 'number') throw broken(source, `part ${parts} is used as two things`);
  const contradiction = findContradiction(manifest);
  if (contradiction !== null) throw broken(source, contradiction);
  return { manifest, parts };
}

/** The error for a project that cannot be what it says; `what` is one clause. */
export function broken(source: string, what: string, cause?: unknown): TesseraError {
  return new TesseraError(
    'input',
    `${source} is not an intact Tessera project (${what}).`,
    'Open an earlier copy of it, or the picture that it was made from.',
    { cause },
  );
}

const objectSchema = z.record(z.string(), z.unknown());

function parseObject(json: string, source: string): RawManifest {
  const invalid = (cause: unknown) => broken(source, 'its manifest is not valid JSON', cause);
  const { data, error } = objectSchema.safeParse(parseJson(json, invalid));
  if (error) throw invalid(error);
  return data;
}

function formatOf({ format }: RawManifest, source: string): number {
  if (Number.isSafeInteger(format) && (format as number) >= 1) return format as number;
  throw broken(source, 'format must be a whole number from 1');
}

/** What the fields say against one another, or null. */
function findContradiction(manifest: Manifest): string | null {
  const { history } = manifest;
  const { entries, position, branches } = history;
  if (position > entries.length) return `a history of ${entries.length} steps has no step ${position}`;
  for (const line of [entries, ...branches.map((branch) => branch.entries)]) {
    const unordered = line.find((entry, i) => i > 0 && entry.id <= line[i - 1]!.id);
    if (unordered) return `step ${unordered.id} of the history is not in order`;
  }
  const ids = allEntries(history).map(({ id }) => id);
  if (new Set(ids).size < ids.length) return 'two steps of the history are one';
  const { branches: reached, snapshots } = pruned(history);
  if (reached.length < branches.length) return 'a branch of the history begins nowhere';
  if (snapshots.length < history.snapshots.length) return 'a snapshot shows no step of the history';
  const strayed = tokenLists(manifest);
  return typeof strayed === 'number' ? `step ${strayed} of the history belongs to other tokens` : null;
}

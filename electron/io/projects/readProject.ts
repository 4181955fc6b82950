import { type Abort, throwIfAborted } from '../../../core/base/abort.ts';
import { broken } from '../../../core/document/project/parse.ts';
import { parseProject, type Project } from '../../../core/document/projectFile.ts';
import { TesseraError } from '../../../core/base/errors.ts';
import type { Part } from '../../../core/document/project/parts.ts';
import { type CodedPart, decodePart, entriesOf, MANIFEST, MOST_BYTES, mostBytes } from './entries.ts';
import type { ProjectSource } from './source.ts';

/** More than any document that was ever in memory: a file that unpacks to this is made to do harm. */
const MOST_UNPACKED = 4 * 2 ** 30; // bytes

/** Tiles that are unpacked at the same time: 4 MB. */
const BATCH = 16;

/** Some parts of a project, unpacked and as they lie there. */
export interface PartsRead {
  readonly parts: readonly Part[];
  readonly coded: readonly CodedPart[];
  readonly damaged: readonly number[]; // numbers of those that are missing, damaged or not of their length
  readonly done: number; // 0 .. 1
}

/** The manifest of a project. @throws TesseraError 'input' where it is none or a broken one, 'limit' where it is too large */
export async function readManifest(source: ProjectSource, name: string): Promise<Project> {
  const bytes = await source.read(MANIFEST, MOST_BYTES.manifest);
  if (!bytes) throw broken(name, `it has no ${MANIFEST}`);
  const project = parseProject(new TextDecoder().decode(bytes), name);
  let unpacked = 0;
  for (const use of project.parts.values()) if (use.kind === 'tile') unpacked += use.bytes;
  if (unpacked > MOST_UNPACKED) {
    throw new TesseraError(
      'limit',
      `${name} is too large (it unpacks to ${Math.ceil(unpacked / 2 ** 30)} GB; the limit is ${MOST_UNPACKED / 2 ** 30} GB).`,
    );
  }
  return project;
}

/**
 * All parts that a project names, some at a time, as far as they can be read.
 * @throws TesseraError 'aborted'
 */
export async function* readParts(
  source: ProjectSource,
  project: Project,
  signal?: Abort,
): AsyncGenerator<PartsRead> {
  const entries = entriesOf(project);
  for (let from = 0; from < entries.length; from += BATCH) {
    throwIfAborted(signal);
    const batch = await Promise.all(
      entries.slice(from, from + BATCH).map((entry) => readPart(source, entry)),
    );
    const intact = batch.filter((one) => one !== null);
    yield {
      parts: intact.map(({ part }) => part),
      coded: intact.map(({ coded }) => coded),
      damaged: entries.slice(from, from + BATCH).flatMap(({ id }, i) => (batch[i] ? [] : [id])),
      done: Math.min(1, (from + BATCH) / entries.length),
    };
  }
}

async function readPart(
  source: ProjectSource,
  { id, use, name }: ReturnType<typeof entriesOf>[number],
): Promise<{ part: Part; coded: CodedPart } | null> {
  const bytes = await source.read(name, mostBytes(use)).catch(() => null);
  const decoded = bytes && (await decodePart(bytes, use));
  if (!bytes || !decoded) return null;
  return { part: { id, kind: use.kind, bytes: decoded }, coded: { name, bytes } };
}

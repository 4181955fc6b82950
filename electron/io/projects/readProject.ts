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
 * All parts that a project names, some at a time.
 *
 * @throws TesseraError 'input' at the first that is missing, damaged or not of its length
 */
export async function* readParts(
  source: ProjectSource,
  project: Project,
  name: string,
  signal?: Abort,
): AsyncGenerator<PartsRead> {
  const entries = entriesOf(project);
  for (let from = 0; from < entries.length; from += BATCH) {
    throwIfAborted(signal);
    const batch = await Promise.all(
      entries.slice(from, from + BATCH).map((entry) => readPart(source, entry, name)),
    );
    yield {
      parts: batch.map(({ part }) => part),
      coded: batch.map(({ coded }) => coded),
      done: Math.min(1, (from + BATCH) / entries.length),
    };
  }
}

async function readPart(
  source: ProjectSource,
  { id, use, name }: ReturnType<typeof entriesOf>[number],
  project: string,
): Promise<{ part: Part; coded: CodedPart }> {
  const bytes = await source.read(name, mostBytes(use));
  if (!bytes) throw broken(project, `${name} is missing`);
  const decoded = await decodePart(bytes, use);
  if (!decoded) throw broken(project, `${name} is damaged`);
  return { part: { id, kind: use.kind, bytes: decoded }, coded: { name, bytes } };
}

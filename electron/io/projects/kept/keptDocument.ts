import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Project } from '../../../../core/document/projectFile.ts';
import type { Part } from '../../../../core/ipc/engineApi.ts';
import { atomicWrite } from '../../files/atomicWrite.ts';
import { type CodedPart, encodePart, entriesOf, MANIFEST } from '../entries.ts';
import { folderSource, type ProjectSource } from '../source.ts';
import { writeProject, type WriteProjectOptions } from '../writeProject.ts';
import { claim } from './owner.ts';
import { openPartFiles } from './partFiles.ts';

/**
 * What is kept of one document in a folder: its parts, and the manifest of its newest snapshot. Calls do not wait for
 * one another; the caller does one at a time.
 */
export interface KeptDocument {
  /** Its newest snapshot, if there is one. */
  readonly source: ProjectSource;
  add(parts: readonly Part[]): Promise<void>;
  /** Parts as another project has them. */
  adopt(parts: readonly CodedPart[]): Promise<void>;
  /** The numbers of parts that a project names and nobody has added. */
  missing(project: Project): number[];
  /** Makes a project whose parts are all here the newest snapshot; it survives whatever happens then. */
  keep(json: string, project: Project): Promise<void>;
  /** There is nothing to recover any more; parts stay. */
  forgetSnapshot(): Promise<void>;
  /** Writes a project whose parts are all here to a file; the snapshot is not needed any more. */
  save(path: string, json: string, project: Project, options: WriteProjectOptions): Promise<void>;
  /** Removes parts that a project does not name. */
  prune(project: Project): Promise<void>;
}

/** Takes a folder over, or makes it. */
export async function openKept(folder: string): Promise<KeptDocument> {
  const files = await openPartFiles(folder);
  await claim(folder);
  const manifest = join(folder, MANIFEST);
  let added = new Set<string>(); // since the last snapshot, which the next one may name

  async function adopt(parts: readonly CodedPart[]): Promise<void> {
    for (const { name } of parts) added.add(name);
    await files.write(parts);
  }

  async function prune(project: Project, spared?: ReadonlySet<string>): Promise<void> {
    const named = new Set(entriesOf(project).map(({ name }) => name));
    await files.remove(files.names().filter((name) => !named.has(name) && !spared?.has(name)));
  }

  return {
    source: folderSource(folder),
    adopt,
    prune: (project) => prune(project),
    async add(parts) {
      await adopt(await Promise.all(parts.map(encodePart)));
    },
    missing: (project) =>
      entriesOf(project)
        .filter(({ name }) => !files.has(name))
        .map(({ id }) => id),
    async keep(json, project) {
      await files.sync(entriesOf(project).map(({ name }) => name));
      await atomicWrite(manifest, Buffer.from(json));
      await prune(project, added);
      added = new Set();
    },
    forgetSnapshot: () => rm(manifest, { force: true }),
    async save(path, json, project, options) {
      const entries = entriesOf(project).map(({ name, use }) => ({
        name,
        path: files.path(name),
        bytes: files.bytes(name),
        compress: use.kind !== 'tile', // tiles are by now
      }));
      await writeProject(path, json, entries, options);
      await rm(manifest, { force: true });
    },
  };
}

import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseProject, type Project } from '../../../core/document/projectFile.ts';
import type { Part } from '../../../core/document/project/parts.ts';
import { atomicWrite } from '../files/atomicWrite.ts';
import { readBytes } from '../files/readBytes.ts';
import { type CodedPart, encodePart, entriesOf, MANIFEST, MOST_BYTES } from '../projects/entries.ts';
import type { ProjectSource } from '../projects/source.ts';
import { writeProject, type WriteProjectOptions } from '../projects/writeProject.ts';
import { openZip } from '../projects/zipSource.ts';
import { claim } from './owner.ts';
import { openPartStore } from './partStore.ts';

/**
 * What is kept of one document in a folder: its parts, and the manifest of its newest snapshot. Calls do not wait for
 * one another; the caller does one at a time.
 */
export interface KeptDocument {
  /** Its newest snapshot, if there is one. */
  readonly snapshot: ProjectSource;
  add(parts: readonly Part[]): Promise<void>;
  /** Takes a project file over: a copy of it, to be read. @param title what to call the file in messages */
  takeOver(path: string, title: string, project: Project): Promise<ProjectSource>;
  /** Parts as the project that was taken over has them. */
  adopt(parts: readonly CodedPart[]): Promise<void>;
  /** A project was read whole: numbers above those of its parts are free. */
  begin(project: Project): Promise<void>;
  /** The numbers of parts that a project names and nobody has added. */
  missing(project: Project): number[];
  /** Makes a project whose parts are all here the newest snapshot; it survives whatever happens then. */
  keep(json: string, project: Project): Promise<void>;
  /** There is nothing to recover any more; parts stay. */
  forgetSnapshot(): Promise<void>;
  /** Writes a project whose parts are all here to a file; the snapshot is not needed any more. */
  save(path: string, json: string, project: Project, options: WriteProjectOptions): Promise<void>;
  /** Holds nothing open until it is used again. */
  rest(): Promise<void>;
}

/** Takes a folder over, or makes it. */
export async function openKept(folder: string): Promise<KeptDocument> {
  const store = await openPartStore(folder);
  await claim(folder).catch(() => undefined); // a folder that cannot be written holds nothing to claim
  const manifest = join(folder, MANIFEST);
  const previous = join(folder, PREVIOUS);
  let before = new Set<string>(); // what the snapshot before the newest names

  /** The newest goes last: at no moment is the one before it taken for the newest. */
  async function forgetSnapshot(): Promise<void> {
    await rm(previous, { force: true });
    await rm(manifest, { force: true });
  }

  return {
    snapshot: {
      read: async (name) => (name === MANIFEST ? (await newestManifest(folder)).bytes : store.read(name)),
      close: () => Promise.resolve(), // the document stays
    },
    async add(parts) {
      await store.write(await Promise.all(parts.map(encodePart)));
    },
    takeOver: async (path, title, project) => openZip(await store.copyBase(path, namesOf(project)), title),
    adopt: (parts) => store.write(parts.filter(({ name }) => !store.has(name))),
    begin: (project) => store.cutAbove(namesOf(project)),
    missing: (project) =>
      entriesOf(project)
        .filter(({ name }) => !store.has(name))
        .map(({ id }) => id),
    async keep(json, project) {
      const names = namesOf(project);
      await store.sync(names);
      await rename(manifest, previous).catch(() => undefined); // there is none the first time
      await atomicWrite(manifest, Buffer.from(json));
      await store.prune(new Set([...names, ...before]));
      await store.merge(new Set([...names, ...before]));
      before = names;
    },
    forgetSnapshot,
    async save(path, json, project, options) {
      const entries = entriesOf(project).map(({ name, use }) => ({
        name,
        bytes: store.bytes(name),
        compress: use.kind !== 'tile', // tiles are by now
        read: () => store.read(name),
      }));
      await writeProject(path, json, entries, options);
      await forgetSnapshot().catch(() => undefined); // the project is saved, whatever becomes of them
    },
    rest: () => store.rest(),
  };
}

/** The snapshot before the newest, which counts where that one is damaged. */
const PREVIOUS = 'manifest.previous.json';

/** The files of which one holds a snapshot, the newest first. */
export const SNAPSHOTS: readonly string[] = [MANIFEST, PREVIOUS];

/** The newest snapshot's manifest that can be read. @throws TesseraError where there is none */
export async function newestManifest(folder: string): Promise<{ bytes: Uint8Array; project: Project }> {
  const read = async (name: string): Promise<{ bytes: Uint8Array; project: Project }> => {
    const bytes = await readBytes(join(folder, name), MOST_BYTES.manifest);
    return { bytes, project: parseProject(new TextDecoder().decode(bytes), 'The snapshot') };
  };
  return read(MANIFEST).catch(async (error: unknown) =>
    read(PREVIOUS).catch(() => {
      throw error;
    }),
  );
}

function namesOf(project: Project): Set<string> {
  return new Set(entriesOf(project).map(({ name }) => name));
}

import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseProject, type Project } from '../../../core/document/projectFile.ts';
import type { Part } from '../../../core/document/project/parts.ts';
import { placedTilesIn } from '../../../core/document/project/tileLists.ts';
import { atomicWrite } from '../files/atomicWrite.ts';
import { readBytes } from '../files/readBytes.ts';
import { type CodedPart, encodePart, entriesOf, MANIFEST, MOST_BYTES } from '../projects/entries.ts';
import type { ProjectSource } from '../projects/source.ts';
import { writeProject, type WriteProjectOptions } from '../projects/writeProject.ts';
import { openZip } from '../projects/zipSource.ts';
import { findOrigin, noteOrigin, type Origin, readOrigin } from './origin.ts';
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
  /** Notes the picture file that the document was opened from, and which parts its tiles are: column, row, number ... */
  setOrigin(path: string, tiles: readonly number[]): Promise<void>;
  /** Parts that only the file that it was opened from has yet, and where that lies; null where there are none, or no such file any more. */
  leftInOrigin(project: Project): Promise<LeftInOrigin | null>;
  /** The numbers of parts that a project names and nobody has added. */
  missing(project: Project): number[];
  /** The same without those that can be read again from the file that the document was opened from. */
  lost(project: Project): number[];
  /** Makes a project whose parts are all here the newest snapshot; it survives whatever happens then. */
  keep(json: string, project: Project): Promise<void>;
  /** There is nothing to recover any more; parts stay. */
  forgetSnapshot(): Promise<void>;
  /** Writes a project whose parts are all here to a file; the snapshot is not needed any more. */
  save(path: string, json: string, project: Project, options: WriteProjectOptions): Promise<void>;
  /** Holds nothing open until it is used again. */
  rest(): Promise<void>;
}

/** Tiles that have to be decoded from a picture file. */
export interface LeftInOrigin {
  readonly path: string;
  readonly name: string; // of the file that was opened
  readonly tiles: readonly { readonly column: number; readonly row: number; readonly id: number }[];
}

/** Takes a folder over, or makes it. */
export async function openKept(folder: string): Promise<KeptDocument> {
  const store = await openPartStore(folder);
  await claim(folder).catch(() => undefined); // a folder that cannot be written holds nothing to claim
  const manifest = join(folder, MANIFEST);
  const previous = join(folder, PREVIOUS);
  let before = new Set<string>(); // what the snapshot before the newest names
  let origin: Origin | null = await readOrigin(folder);
  let copied: Promise<void> = Promise.resolve();

  const missing = (project: Project): number[] =>
    entriesOf(project)
      .filter(({ name }) => !store.has(name))
      .map(({ id }) => id);

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
    async setOrigin(path, tiles) {
      await copied;
      ({ origin, copied } = await noteOrigin(folder, path, tiles));
    },
    async leftInOrigin(project) {
      const lacking = new Set(missing(project));
      const tiles = placedTilesIn(origin?.tiles ?? []).filter(({ id }) => lacking.has(id));
      const file = origin && tiles.length > 0 ? await findOrigin(folder, origin) : null;
      return file && { ...file, tiles };
    },
    missing,
    lost(project) {
      const lacking = missing(project);
      if (lacking.length === 0 || !origin) return lacking;
      const there = new Set(placedTilesIn(origin.tiles).map(({ id }) => id));
      return lacking.filter((id) => !there.has(id));
    },
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

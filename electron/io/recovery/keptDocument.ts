import { rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseProject, type Project } from '../../../core/document/projectFile.ts';
import type { Part } from '../../../core/document/project/parts.ts';
import type { Remade } from '../../../core/document/project/remade.ts';
import { placedTilesIn } from '../../../core/document/project/tileLists.ts';
import { atomicWrite } from '../files/atomicWrite.ts';
import { readBytes } from '../files/readBytes.ts';
import {
  type CodedPart,
  encodePart,
  entriesOf,
  entryName,
  MANIFEST,
  MOST_BYTES,
} from '../projects/entries.ts';
import type { ProjectSource } from '../projects/source.ts';
import { writeProject, type WriteProjectOptions } from '../projects/writeProject.ts';
import { openZip } from '../projects/zipSource.ts';
import { findOrigin, noteOrigin, type Origin, readOrigin } from './origin.ts';
import { claim } from './owner.ts';
import { openPartStore } from './partStore.ts';
import { noteRemade, readRemade, type Redrawable, redrawable } from './remade.ts';

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
  /** Notes how the document was drawn anew: what came of that need not be given to keep a snapshot. */
  setRemade(remade: Remade): Promise<void>;
  /** How tiles that a project lacks were drawn, the earliest first. */
  leftToDraw(project: Project): readonly Remade[];
  /** Parts that only the file that it was opened from has yet, and where that lies; null where there are none, or no such file any more. */
  leftInOrigin(project: Project): Promise<LeftInOrigin | null>;
  /** The numbers of parts that a project names and nobody has added. */
  missing(project: Project): number[];
  /** The same without those that can be read again from the file that the document was opened from, or drawn again. */
  lost(project: Project): number[];
  /** Makes a project whose parts are all here the newest snapshot; it survives whatever happens then. */
  keep(json: string, project: Project): Promise<void>;
  /** There is nothing to recover any more; parts stay. */
  forgetSnapshot(): Promise<void>;
  /** Begins to save a project whose parts are all here. */
  beginSave(json: string, project: Project): Promise<Saving>;
  /** Holds nothing open until it is used again. */
  rest(): Promise<void>;
}

/** A project that is being saved, while newer snapshots of it may be kept. */
export interface Saving {
  /** Need not wait for its turn. */
  write(path: string, options: WriteProjectOptions): Promise<void>;
  /** Afterwards, in turn. Of what is written, no snapshot is needed any more; a newer one stays. */
  end(): Promise<void>;
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
  let remade: readonly Remade[] = await readRemade(folder);
  const seen = new Set<Remade>(); // those that a snapshot needed
  let usedBefore: readonly Remade[] = []; // by the snapshot before the newest

  const missing = (project: Project): number[] =>
    entriesOf(project)
      .filter(({ name }) => !store.has(name))
      .map(({ id }) => id);

  const inOrigin = (): Set<number> => new Set(placedTilesIn(origin?.tiles ?? []).map(({ id }) => id));

  /** What need not be kept of a project, since it can be drawn. */
  function redrawn(project: Project): Redrawable & { readonly wanted: ReadonlySet<number> } {
    const read = inOrigin();
    const wanted = new Set(missing(project).filter((id) => !read.has(id)));
    if (remade.length === 0) return { tiles: new Set(), sources: new Set(), used: [], wanted };
    return { ...redrawable(remade, wanted, (id) => store.has(tileName(id)) || read.has(id)), wanted };
  }

  async function forgetUnused(used: readonly Remade[]): Promise<void> {
    for (const one of used) seen.add(one);
    const left = remade.filter((one) => used.includes(one) || usedBefore.includes(one) || !seen.has(one));
    usedBefore = used;
    if (left.length === remade.length) return;
    remade = left;
    await noteRemade(folder, remade);
  }

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
      const lacking = parts.filter((part) => !store.has(entryName(part)));
      await store.write(await Promise.all(lacking.map(encodePart)));
    },
    takeOver: async (path, title, project) => openZip(await store.copyBase(path, namesOf(project)), title),
    adopt: (parts) => store.write(parts.filter(({ name }) => !store.has(name))),
    async begin(project) {
      await store.cutAbove(namesOf(project));
      if (remade.length > 0) await noteRemade(folder, (remade = []));
    },
    async setOrigin(path, tiles) {
      await copied;
      ({ origin, copied } = await noteOrigin(folder, path, tiles));
    },
    async setRemade(one) {
      remade = [...remade, one];
      await noteRemade(folder, remade);
    },
    leftToDraw: (project) => redrawn(project).used,
    async leftInOrigin(project) {
      const sources = [...redrawn(project).sources].filter((id) => !store.has(tileName(id)));
      const lacking = new Set([...missing(project), ...sources]);
      const tiles = placedTilesIn(origin?.tiles ?? []).filter(({ id }) => lacking.has(id));
      const file = origin && tiles.length > 0 ? await findOrigin(folder, origin) : null;
      return file && { ...file, tiles };
    },
    missing,
    lost(project) {
      const { wanted, tiles } = redrawn(project);
      return [...wanted].filter((id) => !tiles.has(id));
    },
    async keep(json, project) {
      const { sources, used } = redrawn(project);
      const names = new Set([...namesOf(project), ...[...sources].map(tileName)]);
      await store.sync(names);
      await rename(manifest, previous).catch(() => undefined); // there is none the first time
      await atomicWrite(manifest, Buffer.from(json));
      await store.prune(new Set([...names, ...before]));
      await store.merge(new Set([...names, ...before]));
      before = names;
      await forgetUnused(used);
    },
    forgetSnapshot,
    async beginSave(json, project) {
      const entries = entriesOf(project).map(({ name, use }) => ({
        name,
        bytes: store.bytes(name),
        compress: use.kind !== 'tile', // tiles are by now
        read: () => store.read(name),
      }));
      const known = await identityOf(manifest);
      const letGo = store.hold();
      let isWritten = false;
      return {
        async write(path, options) {
          await writeProject(path, json, entries, options);
          isWritten = true;
        },
        async end() {
          letGo();
          if (!isWritten || (await identityOf(manifest)) !== known) return;
          await forgetSnapshot().catch(() => undefined); // the project is saved, whatever becomes of them
        },
      };
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

/** Tells one snapshot from the next; '' where there is none. @param manifest path */
async function identityOf(manifest: string): Promise<string> {
  const status = await stat(manifest).catch(() => null);
  return status ? [status.ino, status.mtimeMs].join(' ') : '';
}

function tileName(id: number): string {
  return entryName({ id, kind: 'tile' });
}

function namesOf(project: Project): Set<string> {
  return new Set(entriesOf(project).map(({ name }) => name));
}

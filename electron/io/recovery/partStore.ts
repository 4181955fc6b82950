import { constants, copyFile, mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { TesseraError } from '../../../core/base/errors.ts';
import { syncFolder } from '../files/atomicWrite.ts';
import type { CodedPart } from '../projects/entries.ts';
import { openZip } from '../projects/zipSource.ts';
import { openFiles } from './openFiles.ts';
import { type Place, readPack, writePack } from './packFile.ts';

/** The project that a document was opened from, as it was then: most parts never leave it. */
export const BASE = 'base.tessera';

/** Of many packs the smallest half are put together; so each part is written anew a few times only, however long it takes. */
const MOST_PACKS = 64;
const LARGEST_PACK = 64 * 2 ** 20; // bytes

const PACK = /^[1-9]\d*\.pack$/;

/**
 * The parts of one document on disk, by the names of their entries, in packs of those that were given at once. What the
 * disk has no room for stays in memory until `sync`: so a full or broken folder stops no project from being saved.
 */
export interface PartStore {
  has(name: string): boolean;
  /** How many bytes a part takes; 0 where there is none. */
  bytes(name: string): number;
  /** The bytes of a part; null where there is none. */
  read(name: string): Promise<Uint8Array | null>;
  /** Takes a copy of a project file that has parts of these names: what is not deflated in it need not be written any more. Gives its path. */
  copyBase(project: string, names: ReadonlySet<string>): Promise<string>;
  write(parts: readonly CodedPart[]): Promise<void>;
  /** Makes sure that parts are on the disk itself. @throws TesseraError 'output' where there is no room for them */
  sync(names: ReadonlySet<string>): Promise<void>;
  /** Parts stay where they are until what it gives is called: they can be read beside other work. */
  hold(): () => void;
  /** Removes packs in which no part is among `names`, unless they were written since the last time. */
  prune(names: ReadonlySet<string>): Promise<void>;
  /** Puts the smallest packs together where there are many, and leaves out of them what is not among `names`. */
  merge(names: ReadonlySet<string>): Promise<void>;
  /** Forgets parts with higher numbers than those of `names`: from now on, other parts have them. */
  cutAbove(names: ReadonlySet<string>): Promise<void>;
  /** Closes files that were read. */
  rest(): Promise<void>;
}

/** Finds out what a folder holds, and makes it where it does not exist. */
export async function openPartStore(folder: string): Promise<PartStore> {
  const places = await findParts(folder);
  const files = openFiles(folder);
  const unsynced = new Set(packsOf(places.values())); // what an engine that died wrote may not have reached the disk
  const inMemory = new Map<string, Uint8Array>(); // what the disk had no room for, by names
  let recent = new Set<string>(); // packs, since the last time that some were removed
  let holders = 0;
  let count = highestOf(unsynced, parseFloat);

  function note(pack: string, found: ReadonlyMap<string, Place>): void {
    for (const [name, place] of found) places.set(name, place);
    unsynced.add(pack);
    recent.add(pack);
  }

  async function read(name: string): Promise<Uint8Array | null> {
    const held = inMemory.get(name);
    if (held) return held;
    const place = places.get(name);
    return place ? files.read(place) : null;
  }

  async function write(parts: readonly CodedPart[]): Promise<void> {
    if (parts.length === 0) return;
    try {
      await writeToDisk(parts);
    } catch (error) {
      if (!(error instanceof TesseraError)) throw error;
      for (const { name, bytes } of parts) inMemory.set(name, bytes);
    }
  }

  async function writeToDisk(parts: readonly CodedPart[]): Promise<void> {
    const pack = `${++count}.pack`;
    note(pack, await writePack(join(folder, pack), pack, parts));
    for (const { name } of parts) inMemory.delete(name);
  }

  async function sync(names: ReadonlySet<string>): Promise<void> {
    const held = [...inMemory].filter(([name]) => names.has(name));
    if (held.length > 0) await writeToDisk(held.map(([name, bytes]) => ({ name, bytes })));
    const due = [...packsOf(among(places, names))].filter((pack) => unsynced.has(pack));
    for (const pack of due) await syncFile(join(folder, pack));
    if (due.length > 0) await syncFolder(folder);
    for (const pack of due) unsynced.delete(pack);
  }

  async function remove(packs: ReadonlySet<string>): Promise<void> {
    for (const [name, { pack }] of places) if (packs.has(pack)) places.delete(name);
    await files.close(); // open files cannot be removed everywhere
    for (const pack of packs) await rm(join(folder, pack), { force: true });
  }

  return {
    has: (name) => inMemory.has(name) || places.has(name),
    bytes: (name) => inMemory.get(name)?.length ?? places.get(name)?.length ?? 0,
    read,
    async copyBase(project, names) {
      const path = join(folder, BASE);
      try {
        await copyFile(project, path, constants.COPYFILE_FICLONE);
      } catch {
        await rm(path, { force: true }).catch(() => undefined);
        return project; // there is no room for a copy, so its parts are kept one by one
      }
      note(BASE, await basePlaces(path, names));
      return path;
    },
    write,
    sync,
    hold() {
      holders++;
      return () => {
        holders--;
      };
    },
    async prune(names) {
      if (holders > 0) return;
      const needed = packsOf(among(places, names));
      const unneeded = [...packsOf(places.values())].filter((pack) => !needed.has(pack) && !recent.has(pack));
      await remove(new Set(unneeded));
      recent = new Set();
    },
    async merge(names) {
      if (holders > 0) return;
      const bytes = new Map<string, number>(); // by pack
      for (const { pack, length } of among(places, names)) bytes.set(pack, (bytes.get(pack) ?? 0) + length);
      if (bytes.size <= MOST_PACKS) return;
      const small = [...bytes]
        .filter(([pack]) => pack !== BASE && !recent.has(pack))
        .sort(([, a], [, b]) => a - b);
      const packs = new Set<string>();
      let sum = 0;
      for (const [pack, length] of small.slice(0, MOST_PACKS / 2)) {
        if ((sum += length) <= LARGEST_PACK) packs.add(pack);
      }
      const rescued = [...names].filter((name) => packs.has(places.get(name)?.pack ?? ''));
      await writeToDisk(
        await Promise.all(rescued.map(async (name) => ({ name, bytes: (await read(name))! }))),
      );
      await sync(new Set(rescued));
      await remove(packs);
    },
    async cutAbove(names) {
      const highest = highestOf(names, numberOf);
      for (const name of inMemory.keys()) if (numberOf(name) > highest) inMemory.delete(name);
      const cut = packsOf([...places].filter(([name]) => numberOf(name) > highest).map(([, place]) => place));
      const rescued = [...names].filter((name) => cut.has(places.get(name)?.pack ?? ''));
      await write(await Promise.all(rescued.map(async (name) => ({ name, bytes: (await read(name))! }))));
      await sync(new Set(rescued));
      await remove(cut);
    },
    rest: () => files.close(),
  };
}

/** What lies where; what was half written when an engine died goes. A later pack counts more than an earlier one. */
async function findParts(folder: string): Promise<Map<string, Place>> {
  await mkdir(folder, { recursive: true }).catch(() => undefined); // then it holds nothing, and parts stay in memory
  const names = await readdir(folder).catch((): string[] => []);
  const places = new Map<string, Place>();
  const add = (found: ReadonlyMap<string, Place>): void => {
    for (const [name, place] of found) places.set(name, place);
  };
  if (names.includes(BASE)) add(await basePlaces(join(folder, BASE)));
  const packs = names.filter((name) => PACK.test(name)).sort((a, b) => parseFloat(a) - parseFloat(b));
  for (const pack of packs) add(await readPack(join(folder, pack), pack));
  for (const name of names) if (name.endsWith('.part')) await rm(join(folder, name), { force: true });
  return places;
}

/** What lies in the copy of a project as it is; nothing where the copy is damaged. */
async function basePlaces(path: string, names?: ReadonlySet<string>): Promise<Map<string, Place>> {
  try {
    const zip = await openZip(path, BASE);
    try {
      return new Map([...(await zip.stored(names))].map(([name, place]) => [name, { ...place, pack: BASE }]));
    } finally {
      await zip.close();
    }
  } catch (error) {
    if (error instanceof TesseraError) return new Map();
    throw error;
  }
}

function among(places: ReadonlyMap<string, Place>, names: ReadonlySet<string>): Place[] {
  return [...names].flatMap((name) => places.get(name) ?? []);
}

function packsOf(places: Iterable<Place>): Set<string> {
  const packs = new Set<string>();
  for (const { pack } of places) packs.add(pack);
  return packs;
}

function highestOf(names: Iterable<string>, numberOf: (name: string) => number): number {
  let highest = 0;
  for (const name of names) highest = Math.max(highest, numberOf(name) || 0);
  return highest;
}

/** The number of a part, by the name of its entry. */
function numberOf(name: string): number {
  return Number(/\d+/.exec(name)?.[0] ?? 0);
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+'); // Windows syncs only what may be written
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

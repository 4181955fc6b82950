import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder, writeFailure } from '../../files/atomicWrite.ts';
import { type CodedPart, ENTRY_NAME, FOLDERS, MANIFEST } from '../entries.ts';

const AT_ONCE = 16; // files

/** The parts of one document, a file each, as entries of a project that lies unpacked. */
export interface PartFiles {
  has(name: string): boolean;
  bytes(name: string): number;
  path(name: string): string;
  names(): string[];
  /** Writes parts; after a crash each is there wholly or not at all, or was not synced. */
  write(parts: readonly CodedPart[]): Promise<void>;
  /** Makes sure that parts are on the disk itself. */
  sync(names: Iterable<string>): Promise<void>;
  remove(names: Iterable<string>): Promise<void>;
}

/** Finds out what a folder holds, and makes it where it does not exist. */
export async function openPartFiles(folder: string): Promise<PartFiles> {
  const sizes = await list(folder);
  const unsynced = new Set(sizes.keys()); // what an engine that died wrote may not have reached the disk

  const path = (name: string): string => join(folder, name);
  return {
    has: (name) => sizes.has(name),
    bytes: (name) => sizes.get(name) ?? 0,
    path,
    names: () => [...sizes.keys()],
    async write(parts) {
      await atOnce(parts, async ({ name, bytes }) => {
        await writeWhole(path(name), bytes);
        sizes.set(name, bytes.length);
        unsynced.add(name);
      });
    },
    async sync(names) {
      const due = [...names].filter((name) => unsynced.has(name));
      if (due.length === 0) return;
      await atOnce(due, (name) => syncFile(path(name)));
      for (const sub of FOLDERS) await syncFolder(path(sub));
      for (const name of due) unsynced.delete(name);
    },
    async remove(names) {
      await atOnce([...names], async (name) => {
        sizes.delete(name);
        unsynced.delete(name);
        await rm(path(name), { force: true });
      });
    },
  };
}

async function list(folder: string): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  for (const sub of FOLDERS) {
    await mkdir(join(folder, sub), { recursive: true }).catch((error: unknown) => {
      throw writeFailure(join(folder, sub), error);
    });
    const names = (await readdir(join(folder, sub))).map((name) => `${sub}/${name}`);
    await atOnce(names, async (name) => {
      const path = join(folder, name);
      if (ENTRY_NAME.test(name) && name !== MANIFEST) sizes.set(name, (await stat(path)).size);
      else await rm(path, { force: true, recursive: true }); // half written when an engine died
    });
  }
  return sizes;
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const aside = `${path}.part`;
  try {
    await writeFile(aside, bytes);
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true }).catch(() => undefined);
    throw writeFailure(path, error);
  }
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+'); // Windows syncs only what may be written
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

async function atOnce<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (let from = 0; from < items.length; from += AT_ONCE) {
    await Promise.all(items.slice(from, from + AT_ONCE).map(work));
  }
}

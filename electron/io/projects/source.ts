import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../files/readBytes.ts';

/** Where the entries of a project lie: in a zip, or unpacked in a folder. */
export interface ProjectSource {
  /** The bytes of an entry, a whole buffer of their own; null if there is none. @throws TesseraError 'input' where they are damaged */
  read(name: string, mostBytes: number): Promise<Uint8Array | null>;
  close(): Promise<void>;
}

/** A project that lies unpacked in a folder. */
export function folderSource(folder: string): ProjectSource {
  return {
    async read(name, mostBytes) {
      const path = join(folder, name);
      try {
        const { size } = await stat(path);
        return size <= mostBytes ? await readFile(path) : null;
      } catch (error) {
        if (systemCode(error) === 'ENOENT') return null;
        throw error;
      }
    },
    close: () => Promise.resolve(), // nothing is held open
  };
}

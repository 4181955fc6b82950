import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { readAt } from '../files/readAt.ts';
import type { Place } from './packFile.ts';

const MOST_IDLE = 8; // files; a process may have only a few hundred

/** Reads from many files of a folder; the last used stay open. */
export interface OpenFiles {
  read(place: Place): Promise<Uint8Array>;
  close(): Promise<void>;
}

interface Used {
  readonly file: Promise<FileHandle>;
  readers: number;
}

export function openFiles(folder: string): OpenFiles {
  const used = new Map<string, Used>(); // the last used last

  function take(pack: string): Used {
    const one = used.get(pack) ?? { file: open(join(folder, pack), 'r'), readers: 0 };
    used.delete(pack);
    used.set(pack, one);
    return one;
  }

  async function closeIdle(most: number): Promise<void> {
    const idle = [...used].filter(([, { readers }]) => readers === 0);
    for (const [pack, { file }] of idle.slice(0, Math.max(0, idle.length - most))) {
      used.delete(pack);
      await file.then(
        (handle) => handle.close(),
        () => undefined, // it never was open
      );
    }
  }

  return {
    async read({ pack, offset, length }) {
      const one = take(pack);
      one.readers++;
      try {
        return await readAt(await one.file, offset, length);
      } finally {
        one.readers--;
        await closeIdle(MOST_IDLE);
      }
    },
    close: () => closeIdle(0),
  };
}

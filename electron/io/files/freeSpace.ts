import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

/** How much may be written to the disk of a folder, which need not exist yet, bytes; null where the system does not tell. */
export async function freeSpace(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return dirname(folder) === folder ? null : freeSpace(dirname(folder));
  }
}

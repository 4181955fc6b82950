import { createHash } from 'node:crypto';
import { constants, copyFile, open, readFile, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { atomicWrite } from '../files/atomicWrite.ts';

/** The picture file that a document was opened from: by reference, and as a copy as soon as there is one. */
export interface Origin {
  readonly path: string;
  readonly sha256: string; // of the file
  readonly tiles: readonly number[]; // column, row, number of the part ... of the picture as it was opened
}

const NOTE = 'origin.json';
const COPY = 'origin.bin';

const originSchema: z.ZodType<Origin> = z.object({
  path: z.string().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  tiles: z.array(z.int()),
});

/** What a folder says about the picture that its document was opened from; null where it says nothing. */
export async function readOrigin(folder: string): Promise<Origin | null> {
  try {
    return originSchema.parse(JSON.parse(await readFile(join(folder, NOTE), 'utf8')));
  } catch {
    return null;
  }
}

/**
 * Notes where a document came from. When it resolves, the file need not be moved or changed any more for its picture to
 * come back; `copied` resolves when it may be.
 */
export async function noteOrigin(
  folder: string,
  path: string,
  tiles: readonly number[],
): Promise<{ origin: Origin; copied: Promise<void> }> {
  const origin: Origin = { path, sha256: await hashOf(path), tiles };
  await atomicWrite(join(folder, NOTE), Buffer.from(JSON.stringify(origin)));
  return { origin, copied: copyOrigin(folder, path) };
}

/** A file that holds the bytes of the origin still; null where none does. */
export async function findOrigin(
  folder: string,
  origin: Origin,
): Promise<{ readonly path: string; readonly name: string } | null> {
  for (const path of [join(folder, COPY), origin.path]) {
    const sha256 = await hashOf(path).catch(() => null);
    if (sha256 === origin.sha256) return { path, name: basename(origin.path) };
  }
  return null;
}

/** A copy costs nothing where the file system can share blocks; where there is no room for one, the reference is left. */
async function copyOrigin(folder: string, path: string): Promise<void> {
  const aside = join(folder, `${COPY}.part`);
  try {
    await copyFile(path, aside, constants.COPYFILE_FICLONE);
    await rename(aside, join(folder, COPY));
  } catch {
    await rm(aside, { force: true }).catch(() => undefined);
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  const file = await open(path, 'r');
  try {
    for await (const chunk of file.createReadStream({ highWaterMark: 2 ** 20 })) hash.update(chunk as Buffer);
  } finally {
    await file.close().catch(() => undefined); // the stream has closed it
  }
  return hash.digest('hex');
}

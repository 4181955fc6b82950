import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';

/** A file that is still being closed may turn up while its folder is removed. */
export const GONE = { recursive: true, force: true, maxRetries: 5 } as const;

/** Told apart from other machines, which may use the same folder of a network. */
const HERE = createHash('sha256').update(hostname()).digest('hex').slice(0, 6);

const NAME = /^\.(?:installing|removing|repairing|moving|measuring)-([0-9a-f]{6})-(\d+)-/;

/** Names of the folders that this process works in now. */
const underway = new Set<string>();

/**
 * Works in a folder of its own in `destination`, so that the last step is a rename on one disk; it is gone afterwards. It is
 * hidden, so that it is never listed, and its name says which process works in it.
 */
export async function inStaging<T>(
  destination: string,
  what: 'installing' | 'removing' | 'repairing' | 'moving' | 'measuring',
  work: (staging: string) => Promise<T>,
): Promise<T> {
  await mkdir(destination, { recursive: true });
  await removeStale(destination);
  const staging = await mkdtemp(join(destination, `.${what}-${HERE}-${process.pid}-`));
  underway.add(basename(staging));
  try {
    return await work(staging);
  } finally {
    await rm(staging, GONE);
    underway.delete(basename(staging));
  }
}

/** Removes what programs of this machine left that were killed at work. */
async function removeStale(destination: string): Promise<void> {
  for (const name of await readdir(destination)) {
    const [, host, pid] = NAME.exec(name) ?? [];
    if (host !== HERE || underway.has(name)) continue;
    if (Number(pid) !== process.pid && isAlive(Number(pid))) continue;
    await rm(join(destination, name), GONE).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

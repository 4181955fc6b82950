import { createHash, randomUUID } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** Names of the files that this process is writing now. */
export const underway = new Set<string>();

/** Told apart from other machines, which may write to the same folder of a network. */
const HERE = createHash('sha256').update(hostname()).digest('hex').slice(0, 6);

const NAME = /^\..+\.([0-9a-f]{6})-([1-9]\d*)-[0-9a-f]{8}\.part$/;

/** A hidden file beside `path`, to be written before it takes its place; its name says which process writes it. */
export function asideOf(path: string): string {
  const name = `.${basename(path).slice(0, 64)}.${HERE}-${process.pid}-${randomUUID().slice(0, 8)}.part`;
  underway.add(name);
  return join(dirname(path), name);
}

const swept = new Set<string>();

/** Removes what processes of this machine that ended in the middle of writing left in a folder; looks once. */
export async function removeStale(folder: string): Promise<void> {
  if (swept.has(folder)) return;
  swept.add(folder);
  for (const name of await readdir(folder).catch(() => [])) {
    if (isStale(name)) await rm(join(folder, name), { force: true }).catch(() => undefined);
  }
}

function isStale(name: string): boolean {
  const [, host, pid] = NAME.exec(name) ?? [];
  if (host !== HERE || underway.has(name)) return false;
  return Number(pid) === process.pid || !isAlive(Number(pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

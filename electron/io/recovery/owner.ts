import { readFileSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const OWNER = 'owner.json';

const ownerSchema = z.object({ pid: z.int(), started: z.string().nullable() });

/** Says that this process looks after a folder. */
export async function claim(folder: string): Promise<void> {
  const { pid } = process;
  await writeFile(join(folder, OWNER), JSON.stringify({ pid, started: startOf(pid) }));
}

/** Whether another process that still lives looks after a folder. */
export async function isHeld(folder: string): Promise<boolean> {
  const path = join(folder, OWNER);
  try {
    const { pid, started } = ownerSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    if (pid === process.pid || !isAlive(pid) || isZombie(pid)) return false;
    // Numbers of processes are used again: after a restart of the machine, and in containers for every run.
    if ((await stat(path)).mtimeMs < Date.now() - uptime() * 1000) return false;
    return started === null || started === startOf(pid);
  } catch {
    return false; // nobody's, or damaged: rather offer it than lose it
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

/** When a process started, in ticks since boot; null on systems that do not tell (proc(5), field 22 of stat). */
function startOf(pid: number): string | null {
  return statOf(pid)[19] ?? null;
}

/** Whether a process has ended and its parent has not asked how yet (proc(5), field 3 of stat). */
function isZombie(pid: number): boolean {
  return statOf(pid)[0] === 'Z';
}

/** The fields of stat from the third on; none on systems that do not have it. */
function statOf(pid: number): readonly string[] {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return line.slice(line.lastIndexOf(')') + 2).split(' '); // the name before may hold anything
  } catch {
    return [];
  }
}

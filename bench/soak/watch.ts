import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { CDPSession } from '@playwright/test';
import type { Tessera } from '../../test/e2e/support/tessera.ts';
import { round, type Row } from '../report.ts';

const MIB = 2 ** 20;
const PROCESSES = {
  main: 'Browser',
  engine: 'Tessera engine',
  recovery: 'Tessera recovery',
  page: 'Tab',
} as const;

/** What each process holds of memory (MiB) and open files, the page's own heap, and how large the recovery folder is. */
export async function look({ app, userData }: Tessera, session: CDPSession): Promise<Row> {
  await session.send('HeapProfiler.collectGarbage'); // else it is chance how much waits to be freed
  const metrics = await app.evaluate(({ app }) =>
    app.getAppMetrics().map(({ pid, type, name, memory }) => ({
      pid,
      name: name?.startsWith('Tessera ') ? name : type,
      size: memory.workingSetSize * 1024,
    })),
  );
  const row: Record<string, string | number> = {};
  for (const [label, name] of Object.entries(PROCESSES)) {
    const own = metrics.filter((process) => process.name === name);
    row[`${label} MiB`] = Math.round(own.reduce((sum, { size }) => sum + size, 0) / MIB);
    row[`${label} files`] = own.reduce((sum, { pid }) => sum + openFiles(pid), 0);
  }
  const { usedSize } = (await session.send('Runtime.getHeapUsage')) as { usedSize: number };
  const recovery = filesIn(path.join(userData, 'recovery'));
  return {
    ...row,
    'heap MiB': Math.round(usedSize / MIB),
    'recovery files': recovery.length,
    'recovery MiB': round(recovery.reduce((sum, bytes) => sum + bytes, 0) / MIB),
  };
}

/** 0 where the system does not tell. */
function openFiles(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return 0;
  }
}

/** The bytes of every file in a folder. */
function filesIn(folder: string): number[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => sizeOf(path.join(parentPath, name)));
  } catch {
    return []; // nothing was kept yet
  }
}

/** 0 for one that is gone by now. */
function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

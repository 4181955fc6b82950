import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';
import { numberParts, type ProjectDocument } from '../../../../../../../core/document/projectFile.ts';
import { move, snapshotOf } from '../../../../../../unit/core/document/project/support.ts';
import { stream } from '../../../../../../unit/core/pixels/random.ts';
import { inFolder, openFile, recover, startEngine } from '../support.ts';
import { fingerprint } from './fingerprint.ts';

const ROOT = path.resolve(import.meta.dirname, '../../../../../../..');
const CHILD = path.join(ROOT, 'dist', 'test', 'killed.mjs'); // inside the checkout, where its packages are found
const KILLS = 12;

beforeAll(async () => {
  await build({
    absWorkingDir: ROOT,
    entryPoints: [path.join(import.meta.dirname, 'child.ts')],
    outfile: CHILD,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
});

/** What the child said before it died. */
interface Said {
  readonly promised: Map<number, string>; // fingerprints by step
  kept: number; // the last step that was kept for certain
  saved: number;
}

/** Lets a child work on until some time after its first snapshot, and kills it. */
async function workAndKill(folder: string, seed: number, said: Said, after: number): Promise<void> {
  const child = spawn(process.execPath, [CHILD, folder, `${seed}`, `${said.kept}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  let timer: NodeJS.Timeout | undefined;
  const lines = createInterface(child.stdout);
  const read = once(lines, 'close');
  lines.on('line', (line) => {
    const [word, step, print] = line.split(' ');
    if (word === 'try') said.promised.set(Number(step), print!);
    if (word === 'kept') said.kept = Number(step);
    if (word === 'saved') said.saved = Number(step);
    timer ??= setTimeout(() => child.kill('SIGKILL'), after);
  });
  const [, signal] = (await ended) as [number | null, string | null];
  clearTimeout(timer);
  await read;
  expect(signal).toBe('SIGKILL');
}

/** Every byte is as it was promised, and the whole history can be gone through. */
function check(read: ProjectDocument, { promised }: Said): number {
  const step = Math.max(...read.history.entries.map(({ label }) => Number(label.slice(5))));
  expect(fingerprint(snapshotOf(read, numberParts(read.ids)))).toBe(promised.get(step));
  const { position, entries } = read.history;
  for (const to of [0, entries.length, position]) move(read, to);
  return step;
}

async function checkWhatIsLeft(folder: string, copy: string, said: Said): Promise<void> {
  await cp(folder, copy, { recursive: true });
  const engine = await startEngine(copy);
  const left = await engine.call('recovery.list', { open: [] });
  if (said.kept > said.saved) expect(left).toHaveLength(1);
  for (const { document } of left) {
    expect(check(await recover(engine, document), said)).toBeGreaterThanOrEqual(said.kept);
  }
  const file = path.join(copy, 'work.tessera');
  if (existsSync(file)) expect(check(await openFile(engine, file), said)).toBeGreaterThanOrEqual(said.saved);
}

test(`work that is killed ${KILLS} times comes back each time, whole and not older than what was kept`, () =>
  inFolder(async (folder) => {
    const said: Said = { promised: new Map(), kept: 0, saved: 0 };
    const next = stream(20261122);
    for (let kill = 1; kill <= KILLS; kill++) {
      await workAndKill(folder, kill, said, Math.floor(next() ** 2 * 700));
      await inFolder((copy) => checkWhatIsLeft(folder, copy, said)); // the folder itself is the next child's
    }
    expect(said.kept).toBeGreaterThan(KILLS);
  }));

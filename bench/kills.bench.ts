import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { TesseraError } from '../core/base/errors.ts';
import { createRng } from '../core/base/rng.ts';
import { largeJpeg } from '../test/e2e/support/largePicture.ts';
import {
  folderWithCache,
  launchTessera,
  root,
  temporaryFolder,
  type Tessera,
} from '../test/e2e/support/tessera.ts';
import { look } from './kills/found.ts';
import { type Task, TASKS, Worker } from './kills/worker.ts';
import { report, type Row, round } from './report.ts';

const WINDOW = { width: 1280, height: 800 }; // px
const MOST_LOST = 5; // s
const LONGEST = 12_000; // ms of work before a kill
const UNDO_LIMIT = 8000; // MB: steps that undo forgets would count as lost
const SMALL = { file: path.join(root, 'assets', 'samples', 'nuthatch.jpg'), name: 'nuthatch.jpg' };

/**
 * Kills the program at work, again and again, at moments by chance, and says what comes back: how much of the work is
 * lost, s, and whether every project can be read. `--kills` is how often, `--seed` what and when, and `--task` keeps to one of what it does.
 *
 * @returns 1 where something cannot be read or more than 5 s are lost
 */
export async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      kills: { type: 'string', default: '20' },
      seed: { type: 'string', default: '1' },
      task: { type: 'string' },
      out: { type: 'string' },
    },
  });
  const tasks = TASKS.filter((task) => values.task === undefined || task === values.task);
  if (tasks.length === 0) throw new TesseraError('usage', `The tasks are ${TASKS.join(', ')}.`);
  const large = { file: await largeJpeg(), name: 'large.jpg' };
  const rows: Row[] = [];
  for (let kill = 0; kill < Math.max(1, Number(values.kills)); kill++) {
    const rng = createRng(Number(values.seed)).fork(kill);
    const next = (): number => rng.uniform();
    const task = tasks[kill % tasks.length]!;
    const row = await killOnce(task, next() < 0.5 ? SMALL : large, next);
    process.stderr.write(`${JSON.stringify(row)}\n`);
    rows.push(row);
  }
  const bad = rows.filter(({ lost, problem }) => Number(lost) > MOST_LOST || problem !== '');
  const verdict =
    bad.length === 0
      ? `No project is unreadable, and at most ${MOST_LOST} s are lost.`
      : `${bad.length} of ${rows.length} kills lost more than ${MOST_LOST} s, or something cannot be read.`;
  report('kills', rows, values.out, verdict);
  return bad.length === 0 ? 0 : 1;
}

async function killOnce(task: Task, picture: typeof SMALL, next: () => number): Promise<Row> {
  const project = path.join(temporaryFolder(), 'work.tessera');
  const userData = folderWithCache();
  writeFileSync(path.join(userData, 'preferences.json'), JSON.stringify({ undoLimit: UNDO_LIMIT }));
  const tessera = await launchTessera({ size: WINDOW, userData });
  const worker = new Worker(tessera, project, next);
  await worker.open(picture.file, picture.name);
  const least = task === 'opening' ? 0 : 2000; // ms
  const working = worker.work(task).catch(() => undefined); // it ends with the program
  await wait(least + next() * (task === 'opening' ? 3000 : LONGEST));
  const killed = Date.now();
  await kill(tessera);
  await working;
  const done = worker.done.filter((at) => at <= killed);
  const { steps, problem } = await look(tessera.userData, project);
  const firstLost = done[steps];
  return {
    task,
    picture: picture.name,
    done: done.length,
    'came back': steps,
    lost: firstLost === undefined ? 0 : round((killed - firstLost) / 1000),
    problem,
  };
}

/** All processes at once, so that none of them can finish anything. */
async function kill({ app }: Tessera): Promise<void> {
  const pids = await app.evaluate(({ app }) => app.getAppMetrics().map(({ pid }) => pid));
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // it is gone already
    }
  }
  while (pids.some(isAlive)) await wait(20);
}

/** One that is dead and waits to be buried is not. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const stat = `/proc/${pid}/stat`; // where there is one
  return !(existsSync(stat) && / [ZX] /.test(readFileSync(stat, 'latin1')));
}

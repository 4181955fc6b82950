import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openWindow } from './projects/window.ts';
import { fill, openedWork, stroke, type Work } from './projects/work.ts';
import { benchOptions, report, type Row, round, summarise } from './report.ts';

const FILLS = 50;
const STROKES = 500;

/** What autosave, saving and opening cost for a picture of 24 MP, with nothing, 50 fills and 500 strokes in its history. */
export async function main(args: string[], { root }: { root: string }): Promise<number> {
  const { runs, out } = benchOptions(args);
  const opened = await openedWork(root);
  const filled = times(FILLS).reduce(fill, opened);
  const stroked = times(STROKES).reduce(stroke, filled);
  const rows: Row[] = [];
  for (const [history, work] of [
    ['none', opened],
    [`${FILLS} fills`, filled],
    [`${FILLS} fills, ${STROKES} strokes`, stroked],
  ] as const) {
    const samples: Record<string, number>[] = [];
    for (let run = 0; run < runs; run++) samples.push(await inFolder((folder) => measureOnce(work, folder)));
    rows.push({ history, ...medians(samples) });
  }
  report('projects', rows, out);
  return 0;
}

async function measureOnce(work: Work, folder: string): Promise<Record<string, number>> {
  const window = openWindow(folder);
  const file = path.join(folder, 'work.tessera');
  const changed = stroke(work, STROKES);

  const [first, firstMs] = await timed(() => window.keep(work));
  const [next, strokeMs] = await timed(() => window.keep(changed));
  const [, saveMs] = await timed(() => window.save(changed, file));
  const [, openMs] = await timed(() => window.open(file));
  await window.close();
  return {
    'first keep ms': firstMs,
    'longest in the window ms': first.longest,
    'keep after a stroke ms': strokeMs,
    'of it in the window ms': next.own,
    'parts sent': next.parts,
    'manifest kB': next.manifest / 1000,
    'save ms': saveMs,
    'open ms': openMs,
    'file MB': (await stat(file)).size / 1e6,
  };
}

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const started = performance.now();
  const result = await work();
  return [result, performance.now() - started];
}

function medians(samples: readonly Record<string, number>[]): Record<string, number> {
  const names = Object.keys(samples[0] ?? {});
  return Object.fromEntries(
    names.map((name) => [name, round(summarise(samples.map((sample) => sample[name]!)).median)]),
  );
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tessera-bench-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function times(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

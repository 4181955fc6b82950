import { expect, test } from 'vitest';
import type { EngineLine, FromEngine, SharedTask } from '../../../../../electron/cli/engines/messages.ts';
import { createPool } from '../../../../../electron/cli/engines/pool.ts';
import { enginesOf } from '../../../../../electron/cli/engines/processes.ts';
import type { FillReport } from '../../../../../electron/cli/fill/report.ts';
import { defaultThreads } from '../../../../../native-models/runtime/threads.ts';

/** An engine that a test plays. */
class Played implements EngineLine {
  readonly asked: number[] = [];
  isEnded = false;
  private hear: (message: FromEngine) => void = () => undefined;

  send({ task }: { readonly task: SharedTask }): void {
    this.asked.push(task.index);
  }

  listen(hear: (message: FromEngine) => void): void {
    this.hear = hear;
  }

  end(): void {
    this.isEnded = true;
  }

  says(message: FromEngine): Promise<void> {
    this.hear(message);
    return new Promise((resolve) => setImmediate(resolve));
  }

  ready(sha256 = 'ab'): Promise<void> {
    return this.says({ kind: 'ready', about: { sha256, fields: {}, steps: 8 } });
  }

  done(seed: number): Promise<void> {
    return this.says({ kind: 'done', report: { seed } as FillReport });
  }
}

const task = (index: number): SharedTask => ({
  index,
  count: 9,
  input: `${index}.png`,
  destination: { pictures: [], tokens: null },
  seed: { seed: 1, first: 0 },
});

function pool(count = 2) {
  const engines = Array.from({ length: count }, () => new Played());
  const notes: string[] = [];
  const steps: (readonly [number, number])[] = [];
  const made = createPool(engines, {
    note: (text) => notes.push(text),
    step: (index, share) => steps.push([index, share]),
  });
  return { ...made, engines: engines as [Played, Played], notes, steps };
}

test('an engine that is done takes the next picture', async () => {
  const { fill, about, engines, steps, end } = pool();
  const [a, b] = engines;
  const results = [0, 1, 2, 3].map((index) => fill(task(index)));
  expect(a.asked).toEqual([]);
  await a.ready();
  expect(await about()).toMatchObject({ steps: 8 });
  await b.ready();
  expect([a.asked, b.asked]).toEqual([[0], [1]]);
  await b.says({ kind: 'step', share: 0.5 });
  expect(steps).toEqual([[1, 0.5]]);
  await b.done(11);
  await a.done(10);
  await b.done(12);
  expect([a.asked, b.asked].map((asked) => asked.join(' '))).toEqual(['0 3', '1 2']);
  await a.done(13);
  expect((await Promise.all(results)).map(({ seed }) => seed)).toEqual([10, 11, 12, 13]);
  end();
  expect([a.isEnded, b.isEnded]).toEqual([true, true]);
});

test('a picture that fails is not tried elsewhere, and its engine goes on', async () => {
  const { fill, engines } = pool(1);
  const [a] = engines;
  const [first, second] = [fill(task(0)), fill(task(1))];
  await a.ready();
  const failed = expect(first).rejects.toMatchObject({ code: 'input', message: 'No picture.' });
  await a.says({ kind: 'failed', error: { code: 'input', message: 'No picture.' } });
  await failed;
  await a.done(7);
  expect(await second).toEqual({ seed: 7 });
});

test.each<FromEngine>([
  { kind: 'gone', error: { code: 'internal', message: 'An engine has ended.' } },
  { kind: 'failed', error: { code: 'package', message: 'The server a cannot be reached.' } },
])('the picture of an engine that is lost goes to another: %o', async (lost) => {
  const { fill, engines, notes } = pool();
  const [a, b] = engines;
  const results = [fill(task(0)), fill(task(1)), fill(task(2))];
  await a.ready();
  await b.ready();
  await a.says(lost);
  expect(a.isEnded).toBe(true);
  expect(notes).toHaveLength(1);
  await b.done(1);
  expect(b.asked).toEqual([1, 0]);
  await b.done(2);
  await b.done(3);
  expect((await Promise.all(results)).map(({ seed }) => seed)).toEqual([2, 1, 3]);
});

test('where no engine is left, all that waits fails with the reason', async () => {
  const { fill, about, engines, notes } = pool();
  const waiting = fill(task(0));
  const why = { code: 'package', message: 'No such package.' } as const;
  const failed = Promise.all([
    expect(waiting).rejects.toMatchObject(why),
    expect(about()).rejects.toMatchObject(why),
  ]);
  await engines[0].says({ kind: 'gone', error: { code: 'package', message: 'It cannot be reached.' } });
  await engines[1].says({ kind: 'gone', error: why });
  await failed;
  expect(notes).toEqual(['It cannot be reached. The other engines go on.']);
  await expect(fill(task(1))).rejects.toMatchObject(why);
});

test('an engine with another build of the package is left out', async () => {
  const { engines, notes } = pool();
  await engines[0].ready();
  await engines[1].ready('cd');
  expect([engines[0].isEnded, engines[1].isEnded]).toEqual([false, true]);
  expect(notes).toEqual([
    'An engine has another build of the package and is left out. The other engines go on.',
  ]);
});

test('each server is an engine, and processes here share the cores', () => {
  const cores = defaultThreads();
  expect(enginesOf({})).toEqual([{ threads: cores }]);
  expect(enginesOf({ server: ['a', 'b'] })).toEqual([{ server: 'a' }, { server: 'b' }]);
  expect(enginesOf({ server: ['a'], engines: 1, threads: 3 })).toEqual([{ server: 'a' }, { threads: 3 }]);
  expect(enginesOf({ engines: 2 * cores })).toEqual(
    Array.from({ length: 2 * cores }, () => ({ threads: 1 })),
  );
});

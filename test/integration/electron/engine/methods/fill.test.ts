import { paramsOfJob, type FillJob } from '../../../../../bench/support.ts';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { FillParams, FillProgress } from '../../../../../core/fill/params.ts';
import { MASK } from '../../../../../core/tokens/grid.ts';
import { PRESETS } from '../../../../../core/sampling/presets.ts';
import { fillFrames } from '../../../../../core/fill/fillFrames.ts';
import { DEFAULT_PACKAGE, embeddedPackages } from '../../../../../native-models/runtime/findPackages.ts';
import { type LoadedPackage, loadPackage } from '../../../../../native-models/runtime/loadPackage.ts';
import { boxes, pattern } from '../../../core/fill/support.ts';
import { testEngine, type TestEngine } from '../harness.ts';

let engine: TestEngine;
let window: ReturnType<TestEngine['connect']>;
let model: LoadedPackage;
beforeAll(async () => {
  engine = testEngine();
  window = engine.connect();
  model = await loadPackage(path.join(embeddedPackages(path.resolve('.')), DEFAULT_PACKAGE));
});
afterAll(async () => {
  engine.stop();
  await model.dispose();
});

/** Two small holes, far apart: two frames. */
function twoFrames(steps: number, rest: Partial<FillJob> = {}): FillParams {
  return paramsOfJob(model, {
    picture: pattern(900, 200),
    selection: boxes(900, 200, [20, 40, 24, 30], [840, 150, 30, 20]),
    sampling: { ...PRESETS.draft, steps },
    seed: 5,
    candidates: 2,
    feather: 2,
    detail: 1,
    texture: 0.75,
    ...rest,
  });
}

test('lists packages and makes one ready', async () => {
  const [info] = await window.call('package.list', null);
  expect(info).toMatchObject({ id: DEFAULT_PACKAGE, sha256: model.sha256, provider: '' });
  expect(await window.call('package.load', { ref: DEFAULT_PACKAGE })).toMatchObject({ provider: 'cpu' });
  await expect(window.call('package.load', { ref: 'nothing' })).rejects.toMatchObject({ code: 'package' });
});

test('a fill tells every step, shows candidates, and gives what the engine gives by itself', async () => {
  const params = twoFrames(3);
  const progress: FillProgress[] = [];
  const outcome = await window.call('fill.run', params, { onProgress: (told) => progress.push(told) });

  const steps = progress.filter((told) => told.kind === 'step');
  expect(steps.map(({ frame, done, total }) => [frame, done, total])).toEqual([
    [0, 1, 6],
    [0, 2, 6],
    [0, 3, 6],
    [1, 4, 6],
    [1, 5, 6],
    [1, 6, 6],
  ]);
  const missing = steps.map(({ ids }) => ids.map((grid) => grid.filter((id) => id === MASK).length));
  // The second candidate is planned by patches of the picture: all of it is there at once.
  expect(missing[0]!.map((count) => count > 0)).toEqual([true, false]);
  expect(missing[2]).toEqual([0, 0]);

  // The last preview of each candidate in each frame is what comes out.
  const last = new Map<string, Uint8Array>();
  for (const told of progress) {
    if (told.kind === 'preview') last.set(`${told.frame} ${told.candidate}`, told.patch.data);
  }
  const expected = await fillFrames(model, params);
  expect(last.size).toBe(4);
  expected.candidates.forEach(({ patches }, candidate) => {
    patches.forEach(({ rect, data }, frame) => {
      const patch = outcome.candidates[candidate]!.patches[frame]!;
      expect(patch.rect).toEqual(rect);
      expect(Buffer.compare(patch.data, data)).toBe(0);
      expect(Buffer.compare(last.get(`${frame} ${candidate}`)!, data)).toBe(0);
    });
  });
  expect(outcome.frames).toEqual(expected.frames);
  expect(outcome.package).toEqual({ id: model.id, sha256: model.sha256 });
  expect(Object.keys(outcome.timings)).toContain('previews');
});

test('a long fill is shown while it is made', async () => {
  const shown: number[] = [];
  let done = 0;
  await window.call('fill.run', twoFrames(60, { candidates: 1 }), {
    onProgress(told) {
      if (told.kind === 'step') done = told.done;
      else shown.push(done);
    },
  });
  expect(shown.filter((after) => after % 60 !== 0).length).toBeGreaterThan(0);
});

describe('the queue', () => {
  test('an abort stops a fill within a step', async () => {
    const abort = new AbortController();
    let steps = 0;
    const running = window.call('fill.run', twoFrames(500, { candidates: 1 }), {
      signal: abort.signal,
      onProgress() {
        steps++;
        if (steps === 2) abort.abort();
      },
    });
    await expect(running).rejects.toMatchObject({ code: 'aborted' });
    // Were it still at it, this would wait for hundreds of steps.
    const { frames } = await window.call('fill.run', twoFrames(1, { candidates: 1 }));
    expect(frames).toHaveLength(2);
  });

  test('fills run one after the other, and one that waits is given up at once', async () => {
    const order: string[] = [];
    const run = (name: string, signal?: AbortSignal) =>
      window
        .call('fill.run', twoFrames(2, { candidates: 1 }), {
          ...(signal && { signal }),
          onProgress: () => order.push(name),
        })
        .then(() => order.push(`${name} ends`));
    const abort = new AbortController();
    const first = run('a');
    const second = run('b', abort.signal);
    const third = run('c');
    abort.abort();
    await expect(second).rejects.toMatchObject({ code: 'aborted' });
    await Promise.all([first, third]);
    expect(order).not.toContain('b');
    expect(order.indexOf('c')).toBeGreaterThan(order.indexOf('a ends'));
  });

  test('a fill holds up neither lists nor pictures', async () => {
    const order: string[] = [];
    const fill = window.call('fill.run', twoFrames(12)).then(() => order.push('fill'));
    engine.tell({
      kind: 'grant',
      id: 'coffee',
      path: path.resolve('assets/samples/coffee.png'),
      access: 'read',
      purpose: 'picture',
    });
    const list = window.call('package.list', null).then(() => order.push('list'));
    const read = window.call('picture.read', { file: 'coffee' }).then(() => order.push('read'));
    await Promise.all([fill, list, read]);
    expect(order.at(-1)).toBe('fill');
  });

  test('what a window asked for is stopped when it is gone', async () => {
    const gone = engine.connect();
    let steps = 0;
    void gone
      .call('fill.run', twoFrames(500, { candidates: 1 }), { onProgress: () => steps++ })
      .catch(() => 0);
    await vi.waitFor(
      () => {
        expect(steps).toBeGreaterThan(1);
      },
      { timeout: 60_000 },
    );
    gone.close();
    await window.call('fill.run', twoFrames(1, { candidates: 1 }));
    expect(steps).toBeLessThan(500);
  });
});

test('refuses a fill that does not fit, in a sentence', async () => {
  const params = twoFrames(2);
  await expect(window.call('fill.run', { ...params, candidates: 0 })).rejects.toMatchObject({
    code: 'usage',
    message: '"fill.run" cannot be done: candidates must be a whole number from 1 to 64.',
  });
  await expect(window.call('fill.run', { ...params, package: 'nothing' })).rejects.toMatchObject({
    code: 'package',
  });
});

test('leaves no call hanging when the process is about to end', async () => {
  const other = testEngine();
  const running = other.connect().call('fill.run', twoFrames(500));
  await new Promise((resolve) => setTimeout(resolve, 50));
  other.engine.fail(new Error('a defect'));
  await expect(running).rejects.toMatchObject({
    code: 'internal',
    message: 'Something inside Tessera failed that should not have.',
  });
  other.stop();
});

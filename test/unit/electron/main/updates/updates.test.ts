import { describe, expect, it } from 'vitest';
import { TesseraError } from '../../../../../core/base/errors.ts';
import type { UpdateState } from '../../../../../core/contract/mainApi.ts';
import { createUpdates, type Updater } from '../../../../../electron/main/updates/updates.ts';

const OFFLINE = new TesseraError('input', 'The server of releases cannot be reached.', 'Try again later.');

/** An updater that does what a test says, and notes what it was asked. */
function bench(does: Partial<Updater> = {}) {
  const told: UpdateState[] = [];
  const asked: string[] = [];
  let opened = 0;
  const updater: Updater = {
    check: () => Promise.resolve('0.2.0'),
    download: () => Promise.resolve(),
    install: () => undefined,
    ...does,
  };
  const noting: Updater = {
    check: () => (asked.push('check'), updater.check()),
    download: (onProgress, signal) => (asked.push('download'), updater.download(onProgress, signal)),
    install() {
      asked.push('install');
      updater.install();
    },
  };
  const updates = createUpdates(
    () => {
      opened++;
      return Promise.resolve(noting);
    },
    (state) => told.push(state),
  );
  return { updates, told, asked, opened: () => opened };
}

describe('updates', () => {
  it('do nothing until someone asks', async () => {
    const { opened, asked, told } = bench();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([opened(), asked, told]).toEqual([0, [], []]);
  });

  it('are off where this copy cannot be updated', async () => {
    const told: UpdateState[] = [];
    const updates = createUpdates(null, (state) => told.push(state));
    expect(updates.areOn).toBe(false);
    expect(await updates.check()).toMatchObject({ kind: 'failed', error: { code: 'usage' } });
    await expect(updates.install()).rejects.toMatchObject({ code: 'usage' });
  });

  it('go one step for each request', async () => {
    const { updates, asked, told } = bench({
      download(onProgress) {
        for (const done of [0.1, 0.101, 0.5, 1]) onProgress(done);
        return Promise.resolve();
      },
    });
    expect(await updates.check()).toEqual({ kind: 'found', version: '0.2.0' });
    expect(asked).toEqual(['check']);
    expect(await updates.download()).toEqual({ kind: 'ready', version: '0.2.0' });
    expect(asked).toEqual(['check', 'download']);
    await updates.install();
    expect(asked).toEqual(['check', 'download', 'install']);
    const shares = told.flatMap((state) => (state.kind === 'downloading' ? [state.done] : []));
    expect(shares).toEqual([0, 0.1, 0.5, 1]); // what a bar cannot show is not told
  });

  it('keep what is downloaded, however often someone looks again', async () => {
    const { updates, asked } = bench();
    await updates.check();
    await updates.download();
    expect(await updates.check()).toEqual({ kind: 'ready', version: '0.2.0' });
    expect(asked).toEqual(['check', 'download']);
  });

  it('do one thing at a time', async () => {
    const { updates, asked } = bench();
    const states = await Promise.all([updates.check(), updates.check()]);
    expect(states[0]).toEqual(states[1]);
    expect(asked).toEqual(['check']);
  });

  it('install and download nothing that was not found', async () => {
    const { updates, asked } = bench({ check: () => Promise.resolve(null) });
    expect(await updates.check()).toEqual({ kind: 'newest' });
    expect(await updates.download()).toMatchObject({ kind: 'failed', error: { code: 'usage' } });
    await expect(updates.install()).rejects.toMatchObject({ code: 'usage' });
    expect(asked).toEqual(['check']);
  });

  it('tell what went wrong, and can be asked again', async () => {
    let answers = 0;
    const { updates } = bench({
      check: () => (answers++ === 0 ? Promise.reject(OFFLINE) : Promise.resolve('0.2.0')),
      download: () => Promise.reject(OFFLINE),
    });
    expect(await updates.check()).toMatchObject({ kind: 'failed', error: { message: OFFLINE.message } });
    expect(await updates.check()).toEqual({ kind: 'found', version: '0.2.0' });
    expect(await updates.download()).toMatchObject({ kind: 'failed' });
    await expect(updates.install()).rejects.toMatchObject({ code: 'usage' });
  });

  it('go back to what was found where a download is given up', async () => {
    const { updates } = bench({
      download: (_, signal) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            reject(new Error('given up'));
          });
        }),
    });
    await updates.check();
    const downloading = updates.download();
    await new Promise((resolve) => setTimeout(resolve, 5));
    updates.cancel();
    expect(await downloading).toEqual({ kind: 'found', version: '0.2.0' });
  });

  it('say that nothing was installed where that failed', async () => {
    const { updates, told } = bench({
      install() {
        throw new TesseraError('output', 'The newer version could not be installed.');
      },
    });
    await updates.check();
    await updates.download();
    await expect(updates.install()).rejects.toMatchObject({ code: 'output' });
    expect(told.at(-1)).toMatchObject({ kind: 'failed' });
  });
});

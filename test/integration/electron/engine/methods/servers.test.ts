import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { paramsOfJob } from '../../../../../bench/support.ts';
import type { ServerToAsk } from '../../../../../core/contract/engineHost.ts';
import type { PackageNews } from '../../../../../core/contract/packageApi.ts';
import type { FillParams } from '../../../../../core/fill/params.ts';
import { PRESETS } from '../../../../../core/sampling/presets.ts';
import { loadPackage } from '../../../../../native-models/runtime/loadPackage.ts';
import { boxes, pattern } from '../../../core/fill/support.ts';
import { temporaryFolder, TINY } from '../../../native-models/runtime/fixtures.ts';
import { serve, type StandIn } from '../../../native-models/runtime/server/standIn.ts';
import { testEngine, type TestEngine } from '../harness.ts';

let server: StandIn;
let engine: TestEngine;
let window: ReturnType<TestEngine['connect']>;
let host: string;
let there: ServerToAsk;
const news: PackageNews[] = [];

beforeEach(async () => {
  server = await serve(TINY, 'tiny', { token: 'hush' });
  ({ host } = new URL(server.url));
  there = { id: host, url: server.url, token: 'hush' };
  news.length = 0;
});
afterEach(async () => {
  engine.stop();
  await server.stop();
});

/** An engine that has packages in some folders and knows the server. */
function start(...folders: string[]): void {
  engine = testEngine(folders);
  window = engine.connect();
  engine.tell({ kind: 'servers', servers: [there] });
  window.call('package.follow', null, { onProgress: (told) => news.push(told) }).catch(() => undefined); // ends with the engine
}

async function fillWith(ref: string, steps: number): Promise<FillParams> {
  const model = await loadPackage(TINY);
  const params = paramsOfJob(model, {
    picture: pattern(64, 64),
    selection: boxes(64, 64, [24, 24, 16, 16]),
    sampling: { ...PRESETS.draft, steps },
    seed: 5,
    candidates: 2,
    feather: 0,
    detail: 1,
    texture: 0,
  });
  await model.dispose();
  return { ...params, package: ref };
}

test('a package on a server is found, listed again after a restart, and fills as it does here', async () => {
  const cache = temporaryFolder();
  start(path.dirname(TINY));
  engine.tell({ kind: 'cache', folder: cache });
  const [found] = await window.call('server.look', { server: host });
  const ref = `tiny@${host}`;
  expect(found).toMatchObject({ ref, id: 'tiny', server: host, own: false, provider: '' });
  expect(await window.call('package.load', { ref })).toMatchObject({ ref, provider: 'server' });
  const outcome = await window.call('fill.run', await fillWith(ref, 4));
  const here = await window.call('fill.run', await fillWith('tiny', 4));
  expect(outcome.candidates.map(({ patches }) => patches)).toEqual(
    here.candidates.map(({ patches }) => patches),
  );
  expect(outcome.package).toEqual(here.package);
  expect(readFileSync(path.join(cache, 'server-packages.json'), 'utf8')).not.toContain('hush');
  engine.stop();

  const asked = server.asked.length;
  start(temporaryFolder());
  engine.tell({ kind: 'cache', folder: cache });
  expect((await window.call('package.list', null)).map((info) => info.ref)).toEqual([ref]);
  expect(server.asked).toHaveLength(asked);
  expect(news).toEqual([]);
});

test('tokens are read and painted there as they are here', async () => {
  start(path.dirname(TINY));
  await window.call('server.look', { server: host });
  const frame = { rect: { x: 0, y: 0, width: 64, height: 48 }, scale: 1, columns: 8, rows: 6 };
  const seen = { frame, region: frame.rect, picture: pattern(64, 48).data };
  const [there, here] = await Promise.all(
    [`tiny@${host}`, 'tiny'].map(async (ref) => {
      const { grid } = await window.call('tokens.encode', { ...seen, package: ref });
      const after = { ...grid, ids: grid.ids.with(10, 6) };
      const patch = await window.call('tokens.paint', {
        ...seen,
        package: ref,
        before: grid,
        after,
        cells: [10],
      });
      return { grid, patch };
    }),
  );
  expect(there).toEqual(here);
  expect(server.asked).toContain('POST v2/models/tiny-decoder/infer');
});

test('a fill whose server is gone in the middle goes on here, and says so', async () => {
  start(path.dirname(TINY));
  await window.call('server.look', { server: host });
  const ref = `tiny@${host}`;
  await window.call('package.load', { ref });
  const params = await fillWith(ref, 6);
  let steps = 0;
  const outcome = await window.call('fill.run', params, {
    onProgress({ kind }) {
      if (kind !== 'step' || ++steps !== 2) return;
      server.misbehave = (_, response) => {
        response.destroy();
        return true;
      };
    },
  });
  expect(news).toEqual([
    { ref, message: `The server ${host} ends its answers in the middle, so the models run here.` },
  ]);
  const here = await window.call('fill.run', { ...params, package: 'tiny' });
  expect(outcome.candidates).toEqual(here.candidates);
  const listed = await window.call('package.list', null);
  expect(listed.find((info) => info.ref === ref)).toMatchObject({ provider: 'cpu' });

  // Looked at again, it is used again.
  server.misbehave = () => false;
  await window.call('server.look', { server: host });
  expect(await window.call('package.load', { ref })).toMatchObject({ provider: 'server' });
});

test('a fill fails with one sentence where the package is not here, and stops at once when told to', async () => {
  start(temporaryFolder());
  await window.call('server.look', { server: host });
  const ref = `tiny@${host}`;
  await window.call('package.load', { ref });
  const stop = new AbortController();
  server.misbehave = () => {
    stop.abort();
    return true; // never answers
  };
  const params = await fillWith(ref, 6);
  await expect(window.call('fill.run', params, { signal: stop.signal })).rejects.toMatchObject({
    code: 'aborted',
  });
  server.misbehave = (_, response) => {
    response.destroy();
    return true;
  };
  await expect(window.call('fill.run', params)).rejects.toMatchObject({
    code: 'package',
    message: `The server ${host} ends its answers in the middle.`,
  });
});

test('nothing is asked of a server that was removed', async () => {
  start(path.dirname(TINY));
  await window.call('server.look', { server: host });
  const ref = `tiny@${host}`;
  await window.call('package.load', { ref });
  engine.tell({ kind: 'servers', servers: [] });
  const asked = server.asked.length;
  expect((await window.call('package.list', null)).some((info) => info.server !== null)).toBe(false);
  await expect(window.call('package.load', { ref })).rejects.toMatchObject({
    message: `There is no package called "${ref}".`,
  });
  expect(server.asked).toHaveLength(asked);
});

test('a server that lets nobody in, or that nobody added, is not used', async () => {
  there = { id: host, url: server.url };
  start(path.dirname(TINY));
  await expect(window.call('server.look', { server: host })).rejects.toMatchObject({
    message: `The server ${host} does not let you in.`,
  });
  await expect(window.call('server.look', { server: 'other:1' })).rejects.toMatchObject({ code: 'usage' });
});

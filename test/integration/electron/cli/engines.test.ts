import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundle } from '../../../../build/bundle.mjs';
import { serve, type StandIn } from '../../native-models/runtime/server/standIn.ts';
import { gradient, ROOT, tessera, TINY, workspace, writePng, writeRectMask } from './support.ts';

const SIZE = { width: 64, height: 64 };
const COUNT = 4;
const space = workspace();
let servers: [StandIn, StandIn];

beforeAll(async () => {
  await bundle('electron/cli/main.ts'); // which engines run
  servers = [await serve(TINY, 'tiny', { sleep: 20 }), await serve(TINY, 'tiny', { sleep: 20 })];
  mkdirSync(space.at('photos'));
  for (let i = 0; i < COUNT; i++) {
    await writePng(space, `photos/${i}.png`, gradient(SIZE.width, SIZE.height));
    await writeRectMask(space, `photos/${i}-mask.png`, SIZE, { x: 8 * i, y: 16, width: 16, height: 16 });
  }
});
afterAll(async () => {
  for (const server of servers) await server.stop();
});

const args = (out: string, ...more: string[]): string[] => [
  ...['fill', space.at('photos'), '--mask', space.at('photos'), '--out', space.at(out)],
  ...['--package', TINY, '--seed', '7', ...more],
];
const there = (): string[] => servers.flatMap(({ url }) => ['--server', url]);

it('several servers and a process here share the pictures, and give what one gives, in order', async () => {
  const made = await tessera(...args('shared/', ...there(), '--engines', '1', '--json'));
  expect(made).toMatchObject({ code: 0, stderr: '' });
  const report = JSON.parse(made.stdout) as {
    engines: number;
    results: { input: string; outputs: object[] }[];
  };
  expect(report.engines).toBe(3);
  expect(report.results.map(({ input }) => path.basename(input))).toEqual(
    Array.from({ length: COUNT }, (_, i) => `${i}.png`),
  );
  for (const { asked } of servers) expect(asked).toContain('POST v2/models/tiny-denoiser/infer');
  expect(await tessera(...args('alone/'))).toMatchObject({ code: 0 });
  const names = readdirSync(space.at('alone'));
  expect(names).toHaveLength(COUNT);
  for (const name of names) {
    expect(readFileSync(space.at('shared', name))).toEqual(readFileSync(space.at('alone', name)));
  }
});

it('after a kill it goes on with what is missing, and its engines have ended', async () => {
  const child = spawn(
    process.execPath,
    [path.join(ROOT, 'build', 'tessera.mjs'), ...args('killed/', ...there())],
    {
      stdio: 'ignore',
    },
  );
  const results = (): string[] => {
    try {
      return readdirSync(space.at('killed')).filter((name) => name.endsWith('.png') && !name.startsWith('.'));
    } catch {
      return [];
    }
  };
  while (results().length === 0) await sleep(5);
  child.kill('SIGKILL');
  await once(child, 'exit');
  await sleep(1500); // engines notice
  const asked = servers.map((server) => server.asked.length);
  const before = new Map(results().map((name) => [name, statSync(space.at('killed', name)).mtimeMs]));
  expect(before.size).toBeLessThan(COUNT);
  await sleep(200);
  expect(servers.map((server) => server.asked.length)).toEqual(asked);

  const again = await tessera(...args('killed/', ...there(), '--skip-existing'));
  expect(again.code).toBe(0);
  expect(again.stdout).toContain(`${before.size} of ${COUNT} are there already.`);
  expect(results()).toHaveLength(COUNT);
  for (const [name, time] of before) expect(statSync(space.at('killed', name)).mtimeMs).toBe(time);
});

it('several servers are refused where there is one thing to do', async () => {
  const refused = await tessera('generate', '--out', space.at('no.png'), ...there());
  expect(refused).toMatchObject({ code: 2 });
  expect(refused.stderr).toContain('Give --server once.');
});

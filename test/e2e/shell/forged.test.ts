import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { ElectronApplication, JSHandle, Page } from '@playwright/test';
import { type Helper, helperFor, PORT_MESSAGES } from '../../../core/contract/bridge.ts';
import { METHOD_DESCRIPTIONS } from '../../../core/contract/methodDescriptions.ts';
import type { EngineMethod } from '../../../core/contract/engineApi.ts';
import { PARAMS } from '../../../electron/main/ipc/schemas.ts';
import { callMain } from '../support/bridge.ts';
import { chooseFile, answerBoxes } from '../support/dialogs.ts';
import { forge } from '../support/forge.ts';
import { PAYLOADS } from '../support/payloads.ts';
import { expect, test } from '../support/test.ts';

const SEED = Number(process.env.TESSERA_SEED ?? 20261129);
const COUNT = Number(process.env.TESSERA_PAYLOADS ?? 3000);

test(`${COUNT} forged messages get an answer each, and every process lives on`, async ({ launch }) => {
  const { app, page, problems, userData } = await launch();
  await chooseFile(app, null);
  await answerBoxes(app, 0);
  const ports = {
    engine: await newPort(app, page, 'engine'),
    recovery: await newPort(app, page, 'recovery'),
  };
  const before = await pids(app);

  const forging = { templates: PAYLOADS, seed: SEED, count: Math.ceil(COUNT / 3) };
  const all = Object.keys(METHOD_DESCRIPTIONS) as EngineMethod[];
  const ofHelpers = all.filter((method) => method !== 'package.follow'); // which answers when there is news
  const ofMain = Object.keys(PARAMS).filter((method) => method !== 'window.close'); // which does what it says
  const methodsOf = (helper: Helper) => ofHelpers.filter((method) => helperFor(method) === helper);
  const noPort = await page.evaluateHandle(() => null);
  const outcomes = [
    await noPort.evaluate(forge, { ...forging, methods: ofMain }),
    await ports.engine.evaluate(forge, { ...forging, methods: methodsOf('engine') }),
    await ports.recovery.evaluate(forge, { ...forging, methods: methodsOf('recovery') }),
  ];
  expect(outcomes.flatMap(({ bad }) => bad)).toEqual([]);
  expect(outcomes.map(({ answered }) => answered)).toEqual(outcomes.map(() => forging.count));
  for (const { results } of outcomes) expect(results).toBeGreaterThan(0); // not only refusals: some were fit

  expect(await pids(app)).toEqual(before);
  expect(await callMain(page, 'files.openSample', { id: 'coffee' })).toMatchObject({
    ok: { kind: 'picture' },
  });
  expect(await app.evaluate(() => Object.keys(Object.prototype))).toEqual([]);
  const kept = readdirSync(path.join(userData, 'recovery'));
  expect(kept.filter((name) => !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(name))).toEqual([]);
  problems.length = 0; // what cannot be cloned is told in the console
});

/** The page's port to a helper: it is ended, and its successor comes with another. */
async function newPort(app: ElectronApplication, page: Page, helper: Helper): Promise<JSHandle<MessagePort>> {
  const pid = (await pids(app))[helper];
  await page.evaluate((name) => {
    const coming = new Promise<MessagePort>((resolve) => {
      window.addEventListener('message', ({ data, ports: [port] }) => {
        if (data === name && port) resolve(port);
      });
    });
    Object.assign(window, { coming });
  }, PORT_MESSAGES[helper]);
  process.kill(pid, 'SIGKILL');
  const port = await page.evaluateHandle(
    () => (window as unknown as { coming: Promise<MessagePort> }).coming,
  );
  await expect.poll(async () => (await pids(app))[helper]).not.toBe(pid);
  return port;
}

async function pids(app: ElectronApplication): Promise<Record<Helper, number>> {
  const find = (): Promise<Record<Helper, number>> =>
    app.evaluate(({ app }) => {
      const pidOf = (name: string): number =>
        app.getAppMetrics().find((process) => process.name === name)?.pid ?? 0;
      return { engine: pidOf('Tessera engine'), recovery: pidOf('Tessera recovery') };
    });
  await expect.poll(async () => Object.values(await find()).every((pid) => pid > 0)).toBe(true);
  return find();
}

import type { Page } from '@playwright/test';
import { callEngine, callMain, connectToEngine, enginePid } from '../support/bridge.ts';
import { expect, test } from '../support/test.ts';

test('an engine that dies is started again, and the window gets a port to it', async ({ launch }) => {
  const { app, page } = await launch();
  await connected(page);
  await page.evaluate(() => {
    const seen = Object.assign(window, { restarts: 0, ports: 0 });
    window.tessera.on('engineRestarted', () => (seen.restarts += 1));
    window.addEventListener('message', ({ ports }) => (seen.ports += ports.length));
  });
  const first = await enginePid(app);
  process.kill(first, 'SIGKILL');
  await expect.poll(() => seen(page)).toEqual({ restarts: 1, ports: 1 });
  await expect.poll(() => enginePid(app)).not.toBe(first);
});

test('the new engine knows what the old one knew', async ({ launch }) => {
  const { app, page } = await launch();
  await connected(page);
  const sample = (await callMain(page, 'files.openSample', { id: 'nuthatch' })) as { ok: { id: string } };
  const port = await connectToEngine(app, page);
  const answer = (method: string, params: unknown): Promise<unknown> => callEngine(port, method, params);
  expect(await answer('package.list', null)).toMatchObject([{ id: 'tessera-base' }]);
  expect(await answer('picture.read', { file: sample.ok.id })).toMatchObject({ width: 2400, height: 1350 });
});

test('the engine ends with the application', async ({ launch }) => {
  const { app } = await launch();
  const pid = await enginePid(app);
  await app.close();
  await expect.poll(() => isRunning(pid)).toBe(false);
});

/** The port to the first engine can come after the page has loaded; what the engine told proves that it is there. */
async function connected(page: Page): Promise<void> {
  await expect(page.getByRole('contentinfo')).toContainText('Tessera base');
}

function seen(page: Page): Promise<unknown> {
  return page.evaluate(() => {
    const { restarts, ports } = window as unknown as Record<string, number>;
    return { restarts, ports };
  });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

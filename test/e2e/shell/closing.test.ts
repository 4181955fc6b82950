import type { ElectronApplication } from '@playwright/test';
import { callMain } from '../support/bridge.ts';
import { answerBoxes } from '../support/dialogs.ts';
import { expect, test } from '../support/test.ts';

test('a window without changes closes at once', async ({ launch }) => {
  const { app, page } = await launch();
  const closed = app.waitForEvent('close');
  await callMain(page, 'window.document', { name: 'photo.jpg', edited: false });
  await closeWindow(app);
  await closed;
});

test('a window with changes asks its page first', async ({ launch }) => {
  const { app, page } = await launch();
  await page.evaluate(() => {
    Object.assign(window, { asked: 0 });
    window.tessera.on('closing', () => ((window as unknown as { asked: number }).asked += 1));
  });
  await callMain(page, 'window.document', { name: 'photo.jpg', edited: true });
  await expect.poll(() => title(app)).toContain('photo.jpg');
  await closeWindow(app);
  await expect.poll(() => page.evaluate(() => (window as unknown as { asked: number }).asked)).toBe(1);
  expect(await windows(app)).toBe(1);
  const closed = app.waitForEvent('close');
  callMain(page, 'window.close', null).catch(() => undefined); // the window goes before it answers
  await closed;
});

test('a window that hangs can be closed all the same', async ({ launch }) => {
  const { app, page } = await launch();
  await callMain(page, 'window.document', { name: 'photo.jpg', edited: true });
  const asked = await answerBoxes(app, 0);
  await page.evaluate(() => {
    setTimeout(() => {
      const end = Date.now() + 60_000;
      while (Date.now() < end);
    });
  });
  await closeWindow(app);
  await expect.poll(asked).toEqual(['Tessera does not answer.']);
  expect(await windows(app)).toBe(1);

  await answerBoxes(app, 1);
  const closed = app.waitForEvent('close');
  await closeWindow(app);
  await closed;
});

async function closeWindow(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.close();
  });
}

function windows(app: ElectronApplication): Promise<number> {
  return app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
}

function title(app: ElectronApplication): Promise<string | undefined> {
  return app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle());
}

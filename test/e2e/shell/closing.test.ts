import path from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { callMain } from '../support/bridge.ts';
import { answerBoxes } from '../support/dialogs.ts';
import { expect, test } from '../support/test.ts';
import { root } from '../support/tessera.ts';

const photo = path.join(root, 'assets', 'samples', 'nuthatch.jpg');
const LEAVE = 1; // the buttons are: save, don't save, cancel
const CANCEL = 2;

test('a window without changes closes at once', async ({ launch }) => {
  const { app, page } = await launch();
  const closed = app.waitForEvent('close');
  await callMain(page, 'window.document', { name: 'photo.jpg', edited: false });
  await closeWindow(app);
  await closed;
});

test('a window with changes closes only after it has asked', async ({ launch }) => {
  const { app, page } = await launch({ files: [photo] });
  await expect.poll(() => title(app)).toBe('nuthatch.jpg – Tessera');
  await page.keyboard.press('Control+a');
  await expect.poll(() => title(app)).toBe('• nuthatch.jpg – Tessera');
  const asked = await answerBoxes(app, CANCEL);
  await closeWindow(app);
  await expect.poll(asked).toEqual(['Do you want to save the changes to nuthatch.jpg?']);
  expect(await windows(app)).toBe(1);

  await answerBoxes(app, LEAVE);
  const closed = app.waitForEvent('close');
  await closeWindow(app);
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

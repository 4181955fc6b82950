import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { callMain } from '../support/bridge.ts';
import { answerBoxes, chooseFile } from '../support/dialogs.ts';
import { expect, test } from '../support/test.ts';
import { root, temporaryFolder } from '../support/tessera.ts';

const sample = path.join(root, 'assets', 'samples', 'nuthatch.jpg');

test('a chosen file is named by an id, never by its path', async ({ launch }) => {
  const { app, page } = await launch();
  await chooseFile(app, sample);
  const outcome = await callMain(page, 'files.openMany', null);
  expect(outcome).toMatchObject({ ok: [{ name: 'nuthatch.jpg', file: { kind: 'picture' } }] });
  expect(JSON.stringify(outcome)).not.toContain('samples');
});

test('a dialog that was cancelled gives nothing', async ({ launch }) => {
  const { app, page } = await launch();
  await chooseFile(app, null);
  expect(await callMain(page, 'files.openMany', null)).toEqual({ ok: [] });
  expect(await callMain(page, 'files.save', { kind: 'png', name: 'x.png' })).toEqual({ ok: null });
});

test('a file to save to gets its extension, and replaces another only when asked', async ({ launch }) => {
  const { app, page } = await launch();
  const folder = temporaryFolder();
  await chooseFile(app, path.join(folder, 'result'));
  const save = () => callMain(page, 'files.save', { kind: 'jpeg', name: 'result' });
  expect(await save()).toMatchObject({ ok: { name: 'result.jpg', kind: 'picture' } });
  copyFileSync(sample, path.join(folder, 'result.jpg'));
  const asked = await answerBoxes(app, 0);
  expect(await save()).toEqual({ ok: null });
  expect(await asked()).toEqual(['result.jpg exists already.']);
});

test('recent files outlive the application with how they look, and can be taken off the list', async ({
  launch,
}) => {
  const userData = temporaryFolder();
  const photo = photoIn(temporaryFolder());
  const first = await launch({ userData, files: [photo] });
  const listed = async (page: Page): Promise<unknown> => await callMain(page, 'files.recent', null);
  await expect.poll(() => listed(first.page)).toMatchObject({ ok: [{ name: 'photo.jpg' }] });
  await first.app.close();

  const { page } = await launch({ userData });
  expect(await listed(page)).toMatchObject({
    ok: [{ folder: path.dirname(photo), kind: 'picture', look: expect.stringMatching(/^data:image\/jpeg/) }],
  });
  const file = page.getByRole('region', { name: 'Recent files' }).getByRole('button', { name: /photo.jpg/ });
  await expect(file.locator('img')).toHaveJSProperty('naturalWidth', 96);
  await file.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Remove from this list' }).click();
  await expect(file).toHaveCount(0);
  expect(await listed(page)).toEqual({ ok: [] });
});

test('a second start hands its files to the window that is open, which says what cannot be opened', async ({
  launch,
}) => {
  const gone = path.join(temporaryFolder(), 'gone.jpg');
  const { app, page, userData } = await launch({ files: [gone] });
  await expect(page.getByRole('alert')).toContainText('gone.jpg cannot be opened.');
  await keepOpened(page);
  const { electron, args } = await app.evaluate(({ app }) => ({
    electron: process.execPath,
    args: app.isPackaged ? [] : [app.getAppPath()],
  }));
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const photo = photoIn(temporaryFolder());
  const second = spawn(electron, [...args, ...sandbox, `--user-data-dir=${userData}`, photo, gone]);
  expect(await once(second, 'exit')).toEqual([0, null]);
  await expect.poll(() => openedNames(page)).toEqual(['photo.jpg', 'gone.jpg']);
  await expect(page.getByRole('alert')).toContainText('gone.jpg cannot be opened.');
});

test('a dropped file is granted, a folder gives what it holds, and a file that was never on the disk is refused', async ({
  launch,
}) => {
  const { page } = await launch();
  const folder = temporaryFolder();
  const photo = photoIn(folder);
  await page.evaluate(() => {
    const input = Object.assign(document.createElement('input'), { type: 'file', id: 'chooser' });
    document.body.append(input);
  });
  await page.setInputFiles('#chooser', photo);
  const dropped = await page.evaluate(() =>
    window.tessera.dropped(document.querySelector<HTMLInputElement>('#chooser')?.files?.[0]),
  );
  expect(dropped).toMatchObject({ ok: [{ name: 'photo.jpg', file: { kind: 'picture' } }] });
  copyFileSync(photo, path.join(folder, 'second.jpg'));
  await dropOnto(page, folder);
  const tabs = page.getByRole('tablist', { name: 'Open pictures' }).getByRole('tab');
  await expect(tabs).toHaveText(['photo.jpg', 'second.jpg']);
  const made = await page.evaluate(() => window.tessera.dropped(new File(['x'], '/etc/passwd')));
  expect(made).toMatchObject({ error: { code: 'input', message: 'What was dropped is not a file.' } });
});

/** Drops what is at `path` onto the middle of the window, as a file manager does. */
async function dropOnto(page: Page, path: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data });
}

function photoIn(folder: string): string {
  const file = path.join(folder, 'photo.jpg');
  copyFileSync(sample, file);
  return file;
}

async function keepOpened(page: Page): Promise<void> {
  await page.evaluate(() => {
    const opened: string[] = [];
    Object.assign(window, { opened });
    window.tessera.on('open', ({ files }) => opened.push(...files.map(({ name }) => name)));
  });
}

function openedNames(page: Page): Promise<unknown> {
  return page.evaluate(() => (window as unknown as { opened: string[] }).opened);
}

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { opened } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';
import { squaresFile } from '../tools/hand.ts';
import { closeDialog, covered, openDialog, overflow, setTheme, stroke } from './steps.ts';

test('settings are made in a window of their own, and hold at once', async ({ launch }) => {
  const { app, page, screenshot } = await launch({ files: [await squaresFile()] });
  await opened(page, 'squares.png');
  await setTheme(app, page, 'light');
  await openDialog(page, 'Control+,');
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  for (const name of ['Filling', 'Files', 'Shortcuts', 'General']) {
    await dialog.getByRole('tab', { name }).click();
    await screenshot(`settings-${name}-light`);
    expect(await overflow(page)).toEqual({ x: 0, y: 0 });
  }
  await dialog.getByRole('radio', { name: 'Dark' }).check({ force: true });
  await expect(page.locator('html[data-theme=dark]')).toBeAttached();
  await dialog.getByRole('combobox', { name: 'Size of the interface' }).selectOption('125');
  await expect.poll(() => page.evaluate(() => devicePixelRatio)).toBe(1.25);
  await screenshot('settings-general-dark-125');
  expect(await covered(page)).toEqual([]);

  await dialog.getByRole('tab', { name: 'Shortcuts' }).click();
  await dialog.getByRole('textbox', { name: 'Find a command' }).fill('mask eraser');
  await dialog.getByRole('button', { name: /^Mask eraser: E/ }).click();
  await page.keyboard.press('F6');
  await expect(dialog.getByRole('button', { name: /^Mask eraser: F6/ })).toBeVisible();
  await screenshot('settings-shortcuts-dark-125');
  await closeDialog(page);
  await page.keyboard.press('F6');
  await expect(page.getByRole('button', { name: 'Mask eraser' })).toHaveAttribute('aria-pressed', 'true');
});

test('the pictures of last time open at the start', async ({ launch }) => {
  const first = await launch({ files: [await squaresFile()] });
  await opened(first.page, 'squares.png');
  const kept = path.join(first.userData, 'session.json');
  await expect.poll(() => existsSync(kept) && readFileSync(kept, 'utf8')).toContain('squares.png');
  await first.end();
  const { page } = await launch({ userData: first.userData });
  await opened(page, 'squares.png');
});

test('going back and painting keeps the later steps; the right button offers what can be done', async ({
  launch,
}) => {
  const { app, page, screenshot } = await launch({ files: [await squaresFile()] });
  await opened(page, 'squares.png');
  await setTheme(app, page, 'dark');
  await page.getByRole('tab', { name: 'History' }).click();
  await stroke(page, [0.3, 0.4], [0.35, 0.45]);
  await stroke(page, [0.4, 0.4], [0.45, 0.45]);
  const panel = page.getByRole('region', { name: 'History' });
  await expect(panel.getByText('2 steps', { exact: true })).toBeVisible();
  await panel.getByRole('button', { name: 'New snapshot…' }).click();
  await panel.getByRole('textbox', { name: 'Name of the snapshot' }).fill('Both');
  await page.keyboard.press('Enter');
  await panel.getByRole('button', { name: /Opened/ }).click();
  await stroke(page, [0.5, 0.3], [0.55, 0.35]);
  const branch = panel.getByRole('button', { name: /Branch: Brush/ });
  await expect(branch).toBeVisible();
  await screenshot('history-branch-dark');
  await panel.getByRole('button', { name: /^Both/ }).click();
  await expect(panel.getByText('2 steps', { exact: true })).toBeVisible();
  await expect(branch).toHaveCount(1); // the other one now

  await branch.click({ button: 'right' });
  const menu = page.getByRole('menu', { name: 'Context menu' });
  await expect(menu.getByRole('menuitem', { name: 'Delete branch' })).toBeVisible();
  await screenshot('menu-branch-dark');
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();

  const canvas = page.getByRole('application');
  await canvas.click({ button: 'right', position: { x: 300, y: 200 } });
  await expect(menu.getByRole('menuitem', { name: 'Invert selection' })).toBeVisible();
  await setTheme(app, page, 'light');
  await screenshot('menu-canvas-light');
  await menu.getByRole('menuitem', { name: 'Select nothing' }).click();
  await expect(panel.getByRole('button', { name: /Select nothing/ })).toBeVisible();
  await expect(canvas).toBeFocused();
});

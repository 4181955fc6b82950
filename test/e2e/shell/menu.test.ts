import type { Page } from '@playwright/test';
import { callMain } from '../support/bridge.ts';
import { chooseInMenu, menuItem } from '../support/menu.ts';
import { expect, test } from '../support/test.ts';

test('what is chosen in the menu reaches the page', async ({ launch }) => {
  const { app, page } = await launch();
  await keepCommands(page);
  await chooseInMenu(app, 'help.about');
  await expect.poll(() => commands(page)).toEqual(['help.about']);
});

test('the menu shows what the page says', async ({ launch }) => {
  const { app, page } = await launch();
  const say = (enabled: object, checked: object) => callMain(page, 'menu.state', { enabled, checked });
  // The page itself says more while it starts, so what the test says may have to be said again.
  await expect(async () => {
    await say({ 'edit.undo': false }, { 'view.rulers': true, 'tool.wand': true });
    expect(await menuItem(app, 'edit.undo')).toEqual({ enabled: false, checked: false });
    expect(await menuItem(app, 'view.rulers')).toEqual({ enabled: true, checked: true });
    await say({ 'edit.undo': true }, { 'tool.wand': false, 'tool.pan': true, 'tool.brush': false });
    expect(await menuItem(app, 'edit.undo')).toEqual({ enabled: true, checked: false });
    expect(await menuItem(app, 'tool.pan')).toMatchObject({ checked: true });
    expect(await menuItem(app, 'tool.wand')).toMatchObject({ checked: false });
  }).toPass({ timeout: 60_000 });
});

test('a tick is the page’s to change', async ({ launch }) => {
  const { app } = await launch();
  const before = await menuItem(app, 'view.rulers');
  await chooseInMenu(app, 'view.rulers'); // Electron ticks it by itself
  expect(await menuItem(app, 'view.rulers')).toEqual(before);
});

test('in a field the menu edits its text', async ({ launch }) => {
  const { app, page } = await launch();
  await keepCommands(page);
  await page.evaluate(() => {
    const field = Object.assign(document.createElement('input'), { id: 'field', value: 'some text' });
    document.body.append(field);
    field.focus();
  });
  await chooseInMenu(app, 'select.all');
  const selected = () => page.evaluate(() => getSelection()?.toString());
  await expect.poll(selected).toBe('some text');
  expect(await commands(page)).toEqual([]);
});

test('keys are the page’s, not the menu’s', async ({ launch }) => {
  const { page } = await launch();
  await keepCommands(page);
  for (const key of ['b', 'Control+o', 'Control+z', 'Enter', 'Escape', '?']) await page.keyboard.press(key);
  await page.waitForTimeout(300);
  expect(await commands(page)).toEqual([]);
});

async function keepCommands(page: Page): Promise<void> {
  await page.evaluate(() => {
    const chosen: string[] = [];
    Object.assign(window, { chosen });
    window.tessera.on('command', ({ id }) => chosen.push(id));
  });
}

function commands(page: Page): Promise<unknown> {
  return page.evaluate(() => (window as unknown as { chosen: string[] }).chosen);
}

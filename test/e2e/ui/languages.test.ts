import type { ElectronApplication, Page } from '@playwright/test';
import { chooseInMenu } from '../support/menu.ts';
import { expect, test } from '../support/test.ts';
import { picture, overflow, setTheme } from './steps.ts';

const SIZE = { width: 1280, height: 800 };

/** Commands that open a dialog over a picture. */
const DIALOGS = [
  ...[
    'file.new-canvas',
    'file.new-from-model',
    'file.export',
    'file.fill-many',
    'file.add-model',
    'file.add-server',
  ],
  ...[
    'edit.settings',
    'select.grow',
    'select.feather',
    'canvas.extend',
    'canvas.rotate',
    'canvas.resize',
    'canvas.size',
  ],
  ...['help.about', 'help.shortcuts'],
];

/** What no language changes: names of files, models, licences, keys and formats, and what a person wrote. */
const NAMES =
  /coffee\.png|Tessera base( [\d.]+)?|CC-BY-SA-4\.0|Tessera|MIT|VQGAN|PNG|JPEG|WebP|AVIF|TIFF|NPY|JSON|CPU|GPU|https?:\S+|\.\w+|[\w-]+\/[\w./-]+|Esc|Ctrl|\b[A-Z]\b|F\d+/g;

/** Texts in sight that are not in the catalogue: the pseudo-locale writes no plain letter. */
async function plainTexts(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const found = new Set<string>();
    const seen = (element: Element): boolean =>
      element.checkVisibility() && element.closest('[lang=""], [translate=no]') === null;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node instanceof Element) {
        if (!seen(node)) continue;
        for (const name of ['aria-label', 'title', 'placeholder', 'aria-valuetext', 'alt'])
          found.add(node.getAttribute(name) ?? '');
      } else if (node.parentElement && seen(node.parentElement)) found.add(node.textContent ?? '');
    }
    return [...found];
  });
  return texts.map((text) => text.trim()).filter((text) => /[A-Za-z]{2}/.test(text.replaceAll(NAMES, '')));
}

async function openWith(app: ElectronApplication, page: Page, id: string): Promise<void> {
  await picture(page).focus();
  await chooseInMenu(app, id);
  await expect(page.getByRole('dialog')).toBeVisible();
}

test('every text of the window is in the catalogue, and there is room for longer ones', async ({
  launch,
}) => {
  const { app, page, screenshot } = await launch({ size: SIZE, locale: 'en-XA' });
  await setTheme(app, page, 'light');
  const found: Record<string, unknown> = {};
  const look = async (state: string): Promise<void> => {
    const plain = await plainTexts(page);
    const beyond = await overflow(page);
    if (plain.length > 0 || beyond.x > 0) found[state] = { plain, beyond };
    await screenshot(`pseudo-${state}`);
  };
  await expect(page.locator('html')).toHaveAttribute('lang', 'en-XA');
  await look('empty');
  await page.locator('section li button').nth(1).click();
  await expect(picture(page)).toBeVisible();
  for (const panel of [0, 1, 2, 3]) {
    await page.locator('aside [role=tab], [role=tablist] [role=tab]').nth(panel).click();
    for (const summary of await page.locator('summary').all()) await summary.click();
    await look(`panel-${panel}`);
  }
  await chooseInMenu(app, 'select.all');
  for (const id of DIALOGS) {
    await openWith(app, page, id);
    await look(id);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  expect(found).toEqual({});
});

test('the language changes at once, with the menu, and outlives the program', async ({ launch }) => {
  const first = await launch({ size: SIZE, locale: 'de' });
  const { app, page, screenshot } = first;
  await setTheme(app, page, 'light');
  await expect(page.getByRole('button', { name: /^Bild öffnen/ })).toBeVisible();
  await screenshot('german-empty-light');
  await page.getByRole('button', { name: /^Kaffee/ }).click();
  await expect(page.getByRole('button', { name: /^Füllen/ })).toBeVisible();
  await screenshot('german-picture-light');
  for (const panel of ['Tokens', 'Verlauf', 'Modell', 'Füllen']) {
    await page.getByRole('tab', { name: panel }).click();
    for (const summary of await page.locator('summary').all()) await summary.click();
    await screenshot(`german-${panel}`);
  }
  await chooseInMenu(app, 'select.all');
  for (const id of DIALOGS) {
    await openWith(app, page, id);
    await screenshot(`german-${id}`);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  await openWith(app, page, 'edit.settings');
  await page.getByRole('radio', { name: 'English' }).check({ force: true });
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
  await expect
    .poll(() => app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items[0]?.label))
    .toBe('&File');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: /^Fill/ })).toBeVisible(); // the picture is still open
  await first.end();
});

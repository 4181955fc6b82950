import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import { chooseInMenu } from '../support/menu.ts';
import { ask, candidates, opened, PATIENT } from '../support/steps.ts';
import { launchTessera } from '../support/tessera.ts';

const WINDOW = { width: 1200, height: 760 }; // px
const QUALITY = 82; // of JPEG

/** Takes the pictures of the user's guide: the real window at work on a sample photograph. */
export async function main(_args: string[], { root }: { readonly root: string }): Promise<number> {
  const folder = path.join(root, 'docs', 'images');
  mkdirSync(folder, { recursive: true });
  const cat = path.join(root, 'assets', 'samples', 'chelsea.png');
  const { app, page, end } = await launchTessera({ files: [cat], size: WINDOW });
  const take = async (name: string): Promise<void> => {
    await page.mouse.move(1, 1);
    await page.screenshot({ path: path.join(folder, `${name}.jpg`), type: 'jpeg', quality: QUALITY });
  };
  const dialog = page.getByRole('dialog');
  const close = async (): Promise<void> => {
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  };
  try {
    await app.evaluate(({ nativeTheme }) => {
      nativeTheme.themeSource = 'light';
    });
    await opened(page, 'chelsea.png');
    await page.keyboard.press('Control+0');
    await ask(page, 'Balanced', 3);

    // Something in the background is painted over and refilled.
    const box = (await page.locator('.picture-canvas').boundingBox())!;
    const at = (x: number, y: number): [number, number] => [box.x + x * box.width, box.y + y * box.height];
    await page.mouse.move(...at(0.76, 0.55));
    await page.mouse.down();
    await page.mouse.move(...at(0.8, 0.5), { steps: 12 });
    await page.mouse.move(...at(0.84, 0.56), { steps: 12 });
    await page.mouse.up();
    await expect(page.getByText(/^\d+ tokens$/)).toBeVisible(PATIENT);
    await take('select');

    await page.keyboard.press('Enter');
    await expect(candidates(page)).toHaveCount(3, PATIENT);
    await take('candidates');
    await page.keyboard.press('Enter');

    await page.getByRole('tab', { name: 'Tokens' }).click();
    await expect(page.getByText(/^Tokens: \d+ × \d+$/)).toBeVisible(PATIENT);
    await expect(page.getByRole('progressbar', { name: 'Drawing the codes' })).toHaveCount(0, PATIENT);
    await take('tokens');

    await page.getByRole('tab', { name: 'Model' }).click();
    await chooseInMenu(app, 'file.add-server');
    await page.getByRole('textbox', { name: 'Address' }).fill('https://models.example.org:8000');
    await take('server');
    await close();

    await chooseInMenu(app, 'file.fill-many');
    await expect(dialog).toBeVisible();
    await take('many');
    await close();

    await page.getByRole('tab', { name: 'Fill' }).click();
    await chooseInMenu(app, 'tool.extend');
    await page.getByRole('button', { name: '16:9' }).click();
    await take('extend');
  } finally {
    await end();
  }
  return 0;
}

import path from 'node:path';
import type { Picture } from '../../../core/pixels/picture.ts';
import { readPicture } from '../../../electron/io/readPicture.ts';
import { chooseFile } from '../support/dialogs.ts';
import { chooseInMenu } from '../support/menu.ts';
import {
  ask,
  candidates,
  exported,
  exportedMask,
  opened,
  PATIENT,
  showActualSize,
} from '../support/steps.ts';
import { root, temporaryFolder } from '../support/tessera.ts';
import { expect, test } from '../support/test.ts';
import { setTheme } from '../ui/steps.ts';
import { squaresFile } from './hand.ts';

const WINDOW = { width: 1920, height: 1080 };
const CANVAS = { width: 900, height: 340 };
const cat = path.join(root, 'assets', 'samples', 'chelsea.png'); // 451 x 300 px

test('two pictures come onto one canvas, and a fill makes what lies between', async ({ launch }) => {
  const tessera = await launch({ files: [cat], size: WINDOW });
  const { app, page, screenshot } = tessera;
  const folder = temporaryFolder();
  await opened(page, 'chelsea.png');
  await chooseInMenu(app, 'file.new-canvas');
  const dialog = page.getByRole('dialog', { name: 'New canvas' });
  await dialog.getByRole('spinbutton', { name: 'width' }).fill(String(CANVAS.width));
  await dialog.getByRole('spinbutton', { name: 'height' }).fill(String(CANVAS.height));
  await screenshot('stitch-new');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await opened(page, 'Untitled, 900 by 340 pixels');

  await chooseInMenu(app, 'file.place-open');
  const floating = page.getByRole('region', { name: 'The floating piece' });
  await expect(floating).toBeVisible();
  for (let step = 0; step < 21; step++) await page.keyboard.press('Shift+ArrowLeft');
  for (let step = 0; step < 5; step++) await page.keyboard.press('ArrowLeft'); // from 225 to 10 px
  await page.keyboard.press('Enter');
  await expect(floating).toHaveCount(0);

  const squares = await squaresFile();
  await chooseFile(app, squares);
  await page.keyboard.press('Control+Shift+P');
  await expect(floating).toBeVisible(PATIENT);
  await chooseInMenu(app, 'view.actual');
  await expect(floating).toBeVisible();
  const box = (await page.getByRole('application').boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 270, y, { steps: 9 }); // from 290 to 560 px
  await page.mouse.up();
  await screenshot('stitch-floating');
  await chooseInMenu(app, 'select.empty'); // places it first
  await expect(floating).toHaveCount(0);
  await screenshot('stitch-empty');

  const before = await exported(tessera, path.join(folder, 'pieces.png'));
  const mask = await exportedMask(tessera, path.join(folder, 'mask.png'), CANVAS);
  const [one, other] = [(await readPicture(cat)).picture, (await readPicture(squares)).picture];
  expect(differing(before, one, 10, 20)).toBe(0);
  expect(differing(before, other, 560, 50)).toBe(0);
  const selected = mask.data.filter((value) => value === 255).length;
  expect(selected).toBe(900 * 340 - 451 * 300 - 320 * 240);

  await ask(page, 'Draft', 1);
  await page.keyboard.press('Enter');
  await expect(candidates(page)).toHaveCount(1, PATIENT);
  await page.keyboard.press('Enter');
  await expect(candidates(page)).toHaveCount(0);
  await screenshot('stitch-filled');
  const after = await exported(tessera, path.join(folder, 'stitched.png'));
  expect(differing(after, one, 10, 20)).toBe(0);
  expect(differing(after, other, 560, 50)).toBe(0);
  expect(after.data.every((value, i) => i % 4 !== 3 || value === 255)).toBe(true);
});

test('what is pasted floats: Escape discards it, and the canvas grows where one asks for that', async ({
  launch,
}) => {
  const tessera = await launch({ files: [await squaresFile()], size: WINDOW });
  const { page, screenshot } = tessera;
  await opened(page, 'squares.png, 320 by 240 pixels');
  await page.getByRole('application').focus();
  await page.keyboard.press('Control+c');
  await expect(page.getByText('Copied 320')).toBeVisible(PATIENT);
  const floating = page.getByRole('region', { name: 'The floating piece' });
  const grow = page.getByRole('switch', { name: 'Extend the canvas to fit' });
  await page.keyboard.press('Control+v');
  await expect(floating).toBeVisible(PATIENT);
  await expect(grow).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(floating).toHaveCount(0);

  await page.keyboard.press('Control+v');
  await expect(floating).toBeVisible(PATIENT);
  for (let step = 0; step < 8; step++) await page.keyboard.press('Shift+ArrowRight');
  await expect(grow).not.toBeChecked();
  await grow.press('Space');
  await expect(grow).toBeChecked();
  await page.getByRole('application').focus();
  await screenshot('stitch-grow');
  await page.keyboard.press('Enter');
  await opened(page, 'squares.png, 400 by 240 pixels');
  await page.keyboard.press('Control+z');
  await opened(page, 'squares.png, 320 by 240 pixels');
});

test('what is selected is lifted, scaled, turned and faded, and leaves a gap to fill', async ({ launch }) => {
  const tessera = await launch({ files: [await squaresFile()], size: WINDOW });
  const { app, page, screenshot } = tessera;
  await opened(page, 'squares.png, 320 by 240 pixels');
  await setTheme(app, page, 'light');
  await showActualSize(page);
  await page.keyboard.press('m');
  const box = (await page.getByRole('application').boundingBox())!;
  const at = (x: number, y: number): [number, number] => [
    box.x + box.width / 2 - 160 + x,
    box.y + box.height / 2 - 120 + y,
  ];
  const drag = async (from: [number, number], to: [number, number]): Promise<void> => {
    await page.mouse.move(...at(...from));
    await page.mouse.down();
    await page.mouse.move(...at(...to), { steps: 6 });
    await page.mouse.up();
  };
  await drag([20, 20], [99, 99]);
  await drag([50, 50], [60, 50]); // inside: it is moved
  await page.keyboard.press('Control+t');
  const floating = page.getByRole('region', { name: 'The floating piece' });
  await expect(floating).toBeVisible();
  await drag([70, 60], [190, 80]);
  await drag([230, 120], [270, 160]); // the lower right corner
  await floating.getByRole('spinbutton', { name: 'Angle' }).fill('30');
  await floating.getByRole('spinbutton', { name: /opacity/i }).fill('80');
  await screenshot('piece-turned');
  await page.getByRole('application').focus();
  await page.keyboard.press('Enter');
  await expect(floating).toHaveCount(0);
  await page.getByRole('tab', { name: 'History' }).click();
  await expect(page.getByRole('button', { name: /Transform.*120 × 120 px/ })).toBeVisible();
  const after = await exported(tessera, path.join(temporaryFolder(), 'turned.png'));
  const alpha = (x: number, y: number): number => after.data[4 * (y * 320 + x) + 3]!;
  expect([alpha(35, 25), alpha(25, 25), alpha(210, 100)]).toEqual([0, 255, 255]);
});

/** In how many bytes a picture differs from another that lies on it at (x, y). */
function differing(whole: Picture, piece: Picture, x: number, y: number): number {
  let count = 0;
  for (let row = 0; row < piece.height; row++) {
    for (let i = 0; i < 4 * piece.width; i++) {
      const at = 4 * ((y + row) * whole.width + x) + i;
      if (whole.data[at] !== piece.data[4 * row * piece.width + i]) count++;
    }
  }
  return count;
}

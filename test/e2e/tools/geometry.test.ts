import path from 'node:path';
import { chooseInMenu } from '../support/menu.ts';
import { exported, opened } from '../support/steps.ts';
import { temporaryFolder } from '../support/tessera.ts';
import { expect, test } from '../support/test.ts';
import { setTheme } from '../ui/steps.ts';
import { Hand, pixelsOf, squaresFile } from './hand.ts';

test('the crop tool cuts, straightens and keeps a ratio; every step is taken back', async ({ launch }) => {
  const file = await squaresFile();
  const tessera = await launch({ files: [file] });
  const hand = new Hand(tessera);
  const { page } = hand;
  await opened(page, '320 by 240 pixels');
  await hand.choose('Crop');
  await hand.drag([
    [30, 30],
    [100, 100],
    [190, 130],
  ]);
  await tessera.screenshot('crop-frame');
  await page.keyboard.press('Enter');
  await opened(page, '160 by 100 pixels');
  const cut = await exported(tessera, path.join(temporaryFolder(), 'cut.png'));
  const before = await pixelsOf(file);
  const at = (x: number, y: number, width: number) => 4 * (y * width + x);
  expect([...cut.data.subarray(at(0, 0, 160), at(160, 0, 160))]).toEqual([
    ...before.data.subarray(at(30, 30, 320), at(190, 30, 320)),
  ]);
  await page.keyboard.press('Control+z');
  await opened(page, '320 by 240 pixels');

  await page.getByRole('combobox', { name: 'Ratio of the crop' }).selectOption('1:1');
  await page.getByRole('button', { name: 'Draw a level line' }).click();
  await hand.drag([
    [60, 100],
    [260, 120],
  ]);
  await expect(page.getByRole('spinbutton', { name: /^Straighten/ })).toHaveValue('-5.7');
  for (const theme of ['light', 'dark'] as const) {
    await setTheme(tessera.app, page, theme);
    await tessera.screenshot(`crop-askew-${theme}`);
  }
  await page.getByRole('application').focus();
  await page.keyboard.press('Enter');
  await opened(page, '219 by 219 pixels');
  await page.keyboard.press('Control+z');
  await opened(page, '320 by 240 pixels');
});

test('the picture is turned, flipped, rotated and resized', async ({ launch }) => {
  const file = await squaresFile();
  const tessera = await launch({ files: [file] });
  const { app, page } = tessera;
  await opened(page, '320 by 240 pixels');
  await chooseInMenu(app, 'canvas.turn-right');
  await opened(page, '240 by 320 pixels');
  await chooseInMenu(app, 'canvas.flip-vertical');
  const flipped = await exported(tessera, path.join(temporaryFolder(), 'flipped.png'));
  expect([...flipped.data.subarray(4 * (60 * 240 + 180), 4 * (60 * 240 + 180) + 3)]).not.toEqual([
    210, 30, 30,
  ]);
  expect([...flipped.data.subarray(4 * (260 * 240 + 180), 4 * (260 * 240 + 180) + 3)]).toEqual([210, 30, 30]);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await opened(page, '320 by 240 pixels');

  await chooseInMenu(app, 'canvas.rotate');
  const dialog = page.getByRole('dialog', { name: 'Rotate the picture' });
  await dialog.getByRole('spinbutton', { name: /^Clockwise/ }).fill('12');
  for (const theme of ['light', 'dark'] as const) {
    await setTheme(app, page, theme);
    await tessera.screenshot(`rotate-dialog-${theme}`);
  }
  await dialog.getByRole('button', { name: 'Rotate' }).click();
  await opened(page, '363 by 301 pixels');
  await tessera.screenshot('rotated');
  await page.keyboard.press('Control+z');

  await page.keyboard.press('Control+Alt+i');
  const size = page.getByRole('dialog', { name: 'Image size' });
  await size.getByRole('spinbutton', { name: 'width' }).fill('640');
  await expect(size.getByRole('spinbutton', { name: 'height' })).toHaveValue('480');
  await tessera.screenshot('resize-dialog');
  await size.getByRole('button', { name: 'Resize' }).click();
  await opened(page, '640 by 480 pixels');
  const larger = await exported(tessera, path.join(temporaryFolder(), 'larger.png'));
  const [red, green] = larger.data.subarray(4 * (120 * 640 + 120));
  expect(red).toBeGreaterThan(200); // in the middle of the first square
  expect(green).toBeLessThan(40);

  await page.keyboard.press('Control+Alt+Shift+c');
  const canvas = page.getByRole('dialog', { name: 'Canvas size' });
  await canvas.getByRole('spinbutton', { name: 'width' }).fill('800');
  await canvas.getByRole('radio', { name: 'left', exact: true }).check();
  await tessera.screenshot('canvas-size-dialog');
  await canvas.getByRole('button', { name: 'Change' }).click();
  await opened(page, '800 by 480 pixels');
});

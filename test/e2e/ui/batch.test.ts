import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { readPicture } from '../../../electron/io/readPicture.ts';
import { writeMask } from '../../../electron/io/masks.ts';
import { chooseFile } from '../support/dialogs.ts';
import { chooseInMenu } from '../support/menu.ts';
import { ask, opened, PATIENT } from '../support/steps.ts';
import { temporaryFolder } from '../support/tessera.ts';
import { expect, test } from '../support/test.ts';
import { SIZE, squaresFile } from '../tools/hand.ts';
import { setTheme } from './steps.ts';

test('all pictures of a folder are filled, and those without a mask are left out', async ({ launch }) => {
  const folder = temporaryFolder();
  const [pictures, results] = [path.join(folder, 'photos'), path.join(folder, 'results')];
  mkdirSync(pictures);
  mkdirSync(results);
  const squares = await squaresFile();
  copyFileSync(squares, path.join(pictures, 'one.png'));
  copyFileSync(squares, path.join(pictures, 'two.png'));
  const mask = new Uint8Array(SIZE.width * SIZE.height);
  for (let y = 36; y < 84; y++) mask.fill(255, y * SIZE.width + 36, y * SIZE.width + 84);
  await writeMask(path.join(pictures, 'one-mask.png'), { ...SIZE, data: mask });

  const { app, page, screenshot } = await launch({ files: [squares] });
  await opened(page, 'squares.png');
  await ask(page, 'Draft', 1);
  await setTheme(app, page, 'light');
  await chooseInMenu(app, 'file.fill-many');
  const dialog = page.getByRole('dialog', { name: 'Fill many' });
  await chooseFile(app, pictures);
  await dialog.getByRole('button', { name: 'Choose pictures…' }).click();
  await expect(dialog.getByText('photos, 2 pictures')).toBeVisible();
  await chooseFile(app, results);
  await dialog.getByRole('button', { name: 'Choose results…' }).click();
  await screenshot('fill-many-light');
  await dialog.getByRole('button', { name: 'Fill all' }).click();
  await expect(dialog.getByText('1 of 2 done, 1 skipped')).toBeVisible(PATIENT);
  await setTheme(app, page, 'dark');
  await screenshot('fill-many-dark');
  const { picture } = await readPicture(path.join(results, 'one-filled.png'));
  const at = (x: number, y: number): number => picture.data[4 * (y * SIZE.width + x)]!;
  expect(at(60, 60)).toBeLessThan(150); // the red square is gone
  expect(at(220, 140)).toBeGreaterThan(180); // and the other one is not
  expect(existsSync(path.join(results, 'two-filled.png'))).toBe(false);
});

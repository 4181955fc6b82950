import path from 'node:path';
import type { Page } from '@playwright/test';
import type { Picture } from '../../core/pixels/picture.ts';
import { readPictureInfo } from '../../electron/io/pictureInfo.ts';
import { readPicture } from '../../electron/io/readPicture.ts';
import { chooseFile } from './support/dialogs.ts';
import { ask, candidates, exported, exportedMask, opened, PATIENT, stroke } from './support/steps.ts';
import { root, temporaryFolder } from './support/tessera.ts';
import { expect, test } from './support/test.ts';

const photo = path.join(root, 'assets', 'samples', 'nuthatch.jpg'); // 2400 x 1350 px
const cat = path.join(root, 'assets', 'samples', 'chelsea.png'); // 451 x 300 px

test('a photograph, a stroke, a fill, a file: what was not selected is the same to the bit', async ({
  launch,
}) => {
  const tessera = await launch({ files: [photo] });
  const { page, screenshot } = tessera;
  const folder = temporaryFolder();
  await opened(page, 'nuthatch.jpg');
  await ask(page, 'Draft', 2);
  await stroke(page);
  const { picture: before } = await readPicture(photo);
  const mask = await exportedMask(tessera, path.join(folder, 'mask.png'), before);

  await page.keyboard.press('Enter');
  await expect(cancelButton(page)).toBeVisible();
  await screenshot('filling');
  await expect(candidates(page)).toHaveCount(2, PATIENT);
  await page.keyboard.press('ArrowRight');
  await expect(candidates(page).nth(1)).toHaveAttribute('aria-selected', 'true');
  await screenshot('candidates');
  await page.keyboard.press('Enter');
  await expect(candidates(page)).toHaveCount(0);

  const file = path.join(folder, 'result.png');
  const after = await exported(tessera, file);
  expect(differences(before, after, (i) => mask.data[i] === 0)).toBe(0);
  expect(differences(before, after, (i) => mask.data[i]! > 0)).toBeGreaterThan(500);
  const { record } = await readPictureInfo(file);
  expect(record).toMatchObject({ operation: 'fill', preset: 'draft' });
  expect([1, 2]).toContain(record?.candidate); // the better one comes first, whichever that is
});

test('a fill stops when it is told to, and the next one works', async ({ launch }) => {
  const { page } = await launch({ files: [cat] });
  await opened(page, 'chelsea.png');
  await ask(page, 'Fine', 8);
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+Enter');
  await expect(cancelButton(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(cancelButton(page)).toHaveCount(0);
  await expect(candidates(page)).toHaveCount(0);
  await expect(page.getByRole('alert')).toHaveCount(0); // being stopped is no failure

  await page.keyboard.press('Control+d');
  await ask(page, 'Draft', 1);
  await stroke(page);
  await page.keyboard.press('Enter');
  await expect(candidates(page)).toHaveCount(1, PATIENT);
});

test('an engine that dies in a fill costs that fill, and nothing else', async ({ launch }) => {
  const { app, page } = await launch({ files: [cat] });
  await opened(page, 'chelsea.png');
  await ask(page, 'Draft', 1);
  await stroke(page);
  await page.keyboard.press('Enter');
  await expect(cancelButton(page)).toBeVisible();
  const engine = await app.evaluate(
    ({ app }) => app.getAppMetrics().find(({ name }) => name === 'Tessera engine')?.pid ?? 0,
  );
  process.kill(engine, 'SIGKILL');
  await expect(page.getByText(/The engine stopped while/)).toBeVisible();
  await expect(cancelButton(page)).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(candidates(page)).toHaveCount(1, PATIENT);
});

test('a picture is opened, extended, filled and exported by the keyboard alone', async ({ launch }) => {
  const tessera = await launch();
  const { app, page } = tessera;
  const { keyboard } = page;
  await chooseFile(app, cat);
  await keyboard.press('Control+o');
  await opened(page, 'chelsea.png');
  await keyboard.press('Control+Alt+c');
  await expect(page.getByRole('dialog', { name: 'Extend the picture' })).toBeVisible();
  for (const margin of ['0', '0', '64', '0']) {
    await keyboard.type(margin);
    await keyboard.press('Tab');
  }
  await keyboard.press('Shift+Tab');
  await keyboard.press('Enter');
  await opened(page, '515 by 300 pixels');
  await keyboard.press('Enter');
  await expect(candidates(page).first()).toBeVisible(PATIENT);
  await keyboard.press('Delete');
  await keyboard.press('Enter');
  await expect(candidates(page)).toHaveCount(0);

  const file = path.join(temporaryFolder(), 'wide.png');
  const after = await exported(tessera, file);
  expect([after.width, after.height]).toEqual([515, 300]);
  const { picture: before } = await readPicture(cat);
  const left = cropped(after, before.width);
  expect(differences(before, left, () => true)).toBe(0);
  expect(after.data.every((value, i) => i % 4 !== 3 || value === 255)).toBe(true);
  expect((await readPictureInfo(file)).record).toMatchObject({ operation: 'outpaint' });
});

test('editing goes on while candidates wait, and what is accepted leaves it alone', async ({ launch }) => {
  const tessera = await launch({ files: [cat] });
  const { page } = tessera;
  const folder = temporaryFolder();
  await opened(page, 'chelsea.png');
  await ask(page, 'Draft', 1);
  await stroke(page);
  await page.keyboard.press('Enter');
  await expect(candidates(page)).toHaveCount(1, PATIENT);

  await page.keyboard.press('Control+Alt+c');
  await expect(page.getByRole('dialog', { name: 'Extend the picture' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(candidates(page)).toHaveCount(0);
  const filled = await exported(tessera, path.join(folder, 'filled.png'));
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await opened(page, '451 by 300 pixels');
  const undone = await exported(tessera, path.join(folder, 'undone.png'));
  const { picture: before } = await readPicture(cat);
  expect(differences(before, undone, () => true)).toBe(0);
  expect(filled.width).toBeGreaterThan(before.width);
});

function cancelButton(page: Page) {
  return page.getByRole('complementary').getByRole('button', { name: 'Cancel' });
}

/** How many of those pixels differ. */
function differences(a: Picture, b: Picture, counts: (pixel: number) => boolean): number {
  expect([b.width, b.height]).toEqual([a.width, a.height]);
  let count = 0;
  for (let i = 0; i < a.data.length; i += 4) {
    if (!counts(i / 4)) continue;
    const same = [0, 1, 2, 3].every((c) => a.data[i + c] === b.data[i + c]);
    if (!same) count++;
  }
  return count;
}

/** The columns from the left edge on. */
function cropped({ width, height, data }: Picture, columns: number): Picture {
  const rows = Array.from({ length: height }, (_, y) =>
    data.subarray(4 * y * width, 4 * (y * width + columns)),
  );
  return { width: columns, height, data: new Uint8Array(Buffer.concat(rows)) };
}

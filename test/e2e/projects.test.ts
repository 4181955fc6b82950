import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { parseProject } from '../../core/document/projectFile.ts';
import { answerBoxes, chooseFile } from './support/dialogs.ts';
import { exported, exportedMask, opened, PATIENT, stroke } from './support/steps.ts';
import { root, temporaryFolder } from './support/tessera.ts';
import { expect, test } from './support/test.ts';

const cat = path.join(root, 'assets', 'samples', 'chelsea.png'); // 451 x 300 px
const SIZE = { width: 451, height: 300 };
const LEAVE = 1; // the buttons are: save, don't save, cancel

test('a saved project comes back with its pixels, its selection and its history', async ({ launch }) => {
  const tessera = await launch({ files: [cat] });
  const { app, page } = tessera;
  const folder = temporaryFolder();
  const file = path.join(folder, 'cat.tessera');
  await opened(page, 'chelsea.png');
  await stroke(page);
  const stroked = await exportedMask(tessera, path.join(folder, 'one.png'), SIZE);
  await page.keyboard.press('Control+Shift+I');
  const inverted = await exportedMask(tessera, path.join(folder, 'two.png'), SIZE);
  const picture = await exported(tessera, path.join(folder, 'picture.png'));

  await chooseFile(app, file);
  await page.keyboard.press('Control+s');
  await expect.poll(() => title(app)).toBe('cat.tessera – Tessera');
  await page.keyboard.press('Control+w');
  await expect(page.getByRole('application')).toHaveCount(0);

  await page.keyboard.press('Control+o');
  await opened(page, 'cat.tessera');
  expect(await exported(tessera, path.join(folder, 'again.png'))).toEqual(picture);
  expect(await exportedMask(tessera, path.join(folder, 'three.png'), SIZE)).toEqual(inverted);
  await page.keyboard.press('Control+z');
  await expect.poll(() => title(app)).toBe('• cat.tessera – Tessera');
  expect(await exportedMask(tessera, path.join(folder, 'four.png'), SIZE)).toEqual(stroked);

  // Saved again: no question, and the same place.
  await page.keyboard.press('Control+s');
  await expect.poll(() => title(app)).toBe('cat.tessera – Tessera');
  expect(readdirSync(folder).filter((name) => name.includes('tessera'))).toEqual(['cat.tessera']);
});

test('an application that is killed comes back with what was done up to then', async ({ launch }) => {
  const first = await launch({ files: [cat] });
  const { userData, page } = first;
  await opened(page, 'chelsea.png');
  await stroke(page);
  await expect.poll(() => stepsSaved(userData), PATIENT).toEqual([1]);

  // The engine dies as well, and autosave goes on with the next.
  const engine = await enginePid(first.app);
  process.kill(engine, 'SIGKILL');
  await page.keyboard.press('Control+Shift+I');
  await expect.poll(() => stepsSaved(userData), PATIENT).toEqual([2]);
  const folder = temporaryFolder();
  const mask = await exportedMask(first, path.join(folder, 'before.png'), SIZE);
  const orphan = await enginePid(first.app);
  first.app.process().kill('SIGKILL');
  await expect.poll(() => isAlive(orphan)).toBe(false);

  const second = await launch({ userData });
  await recoverOnly(second.page);
  await opened(second.page, 'chelsea.png');
  await expect.poll(() => title(second.app)).toBe('• chelsea.png – Tessera');
  expect(await exportedMask(second, path.join(folder, 'after.png'), SIZE)).toEqual(mask);
  await second.page.keyboard.press('Control+z');
  await second.page.keyboard.press('Control+z');
  await expect.poll(() => stepsSaved(userData), PATIENT).toEqual([2]);

  // What is given up on purpose is not offered again.
  await answerBoxes(second.app, LEAVE);
  await second.page.keyboard.press('Control+w');
  await expect.poll(() => stepsSaved(userData)).toEqual([]);
});

test('a project that is broken or newer is refused in a sentence, and what is open stays', async ({
  launch,
}) => {
  const { app, page } = await launch({ files: [cat] });
  const folder = temporaryFolder();
  await opened(page, 'chelsea.png');
  for (const [name, content, words] of [
    ['broken.tessera', 'no zip at all', /"broken\.tessera" is not an intact Tessera project/],
    ['tokens.json', '{}', /holds tokens, and no picture/],
  ] as const) {
    writeFileSync(path.join(folder, name), content);
    await chooseFile(app, path.join(folder, name));
    await page.keyboard.press('Control+o');
    await expect(page.getByText(words)).toBeVisible();
  }
  await opened(page, 'chelsea.png');
  await expect.poll(() => title(app)).toBe('chelsea.png – Tessera');
});

async function recoverOnly(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Recover…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Recover documents' });
  await expect(dialog.getByText('chelsea.png')).toBeVisible();
  await dialog.getByRole('button', { name: 'Recover', exact: true }).click();
  await expect(dialog).toHaveCount(0, PATIENT);
}

/** How many steps each of the snapshots on the disk holds. */
function stepsSaved(userData: string): number[] {
  const recovery = path.join(userData, 'recovery');
  if (!existsSync(recovery)) return [];
  return readdirSync(recovery)
    .map((name) => path.join(recovery, name, 'manifest.json'))
    .filter((file) => existsSync(file))
    .map((file) => parseProject(readFileSync(file, 'utf8'), file).manifest.history.entries.length);
}

function enginePid(app: ElectronApplication): Promise<number> {
  return app.evaluate(
    ({ app }) => app.getAppMetrics().find(({ name }) => name === 'Tessera engine')?.pid ?? 0,
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function title(app: ElectronApplication): Promise<string | undefined> {
  return app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle());
}

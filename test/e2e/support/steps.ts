import path from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import type { Mask } from '../../../core/pixels/masks/mask.ts';
import type { Picture } from '../../../core/pixels/picture.ts';
import { readMask } from '../../../electron/io/masks.ts';
import { readPicture } from '../../../electron/io/readPicture.ts';
import { chooseFile } from './dialogs.ts';
import { chooseInMenu } from './menu.ts';
import type { Tessera } from './tessera.ts';

export const PATIENT = { timeout: 240_000 }; // ms, on a machine where much else goes on

/** The picture is there, and its canvas says so. */
export async function opened(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('application')).toHaveAttribute('aria-label', new RegExp(name), PATIENT);
}

/** Shows a pixel of the picture as one of the window's. */
export async function showActualSize(page: Page): Promise<void> {
  await expect(page.getByRole('application')).toBeVisible(PATIENT);
  await page.keyboard.press('Control+1');
  await expect(page.getByRole('spinbutton', { name: 'Zoom' })).toHaveValue(/^100\b/);
}

/** Sets how fills are made. */
export async function ask(page: Page, preset: string, count: number): Promise<void> {
  await page.getByRole('radio', { name: preset }).check({ force: true });
  const field = page.getByRole('spinbutton', { name: 'Candidates' });
  await field.fill(String(count));
  await field.press('Enter');
  await page.getByRole('application').focus();
}

/** A short stroke with the brush in the middle of the picture. */
export async function stroke(page: Page): Promise<void> {
  const box = (await page.getByRole('application').boundingBox())!;
  const x = box.x + box.width / 2;
  const y = box.y + box.height / 2;
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 40, y + 10, { steps: 8 });
  await page.mouse.up();
}

export function candidates(page: Page): Locator {
  return page.getByRole('listbox', { name: 'Candidates' }).getByRole('option');
}

/** Exports what is selected as PNG, and reads it back. */
export async function exportedMask(
  { app, page }: Tessera,
  file: string,
  size: { width: number; height: number },
): Promise<Mask> {
  await chooseFile(app, file);
  await chooseInMenu(app, 'file.export-mask');
  await expect(page.getByText(`Exported ${path.basename(file)}`)).toBeVisible(PATIENT);
  return readMask(file, size);
}

/** Exports what is seen as PNG, and reads it back. */
export async function exported({ app, page }: Tessera, file: string): Promise<Picture> {
  await chooseFile(app, file);
  await page.keyboard.press('Control+Shift+E');
  const dialog = page.getByRole('dialog', { name: 'Export a picture' });
  await dialog.getByRole('radio', { name: 'PNG' }).check({ force: true });
  await dialog.getByRole('button', { name: 'Export…' }).press('Enter');
  await expect(page.getByText(`Exported ${path.basename(file)}`)).toBeVisible(PATIENT);
  return (await readPicture(file)).picture;
}

import path from 'node:path';
import type { Picture } from '../../../core/pixels/picture.ts';
import { chooseFile } from '../support/dialogs.ts';
import { temporaryFolder } from '../support/tessera.ts';
import { PATIENT } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';
import { Hand, pixelsOf, squaresFile } from './hand.ts';

test('the original is painted back over a fill, pixel by pixel as it was', async ({ launch }) => {
  const file = await squaresFile();
  const hand = new Hand(await launch({ files: [file] }));
  const { page } = hand;
  const before = await pixelsOf(file);
  await page.getByRole('radio', { name: 'Draft' }).check({ force: true });
  const count = page.getByRole('spinbutton', { name: 'Candidates' });
  await count.fill('1');
  await count.press('Enter');
  await hand.drag([
    [60, 60],
    [220, 140],
  ]);
  await page.keyboard.press('Enter');
  const waiting = page.getByRole('listbox', { name: 'Candidates' }).getByRole('option');
  await expect(waiting).toHaveCount(1, PATIENT);
  await page.keyboard.press('Enter');
  await expect(waiting).toHaveCount(0);
  const filled = await exported(hand, 'filled.png');
  expect(differing(before, filled).length).toBeGreaterThan(500);

  await hand.choose('Paint the original back');
  const size = page.getByRole('spinbutton', { name: 'Size' });
  await size.fill('400');
  await size.press('Enter');
  await page.getByRole('spinbutton', { name: 'Hardness' }).fill('100');
  await page.getByRole('spinbutton', { name: 'Hardness' }).press('Enter');
  await hand.drag([
    [-40, 120],
    [150 - 200, 120], // covers the left part up to x = 150 or so
  ]);
  const half = await exported(hand, 'half.png');
  const left = differing(before, half);
  expect(left.length).toBeGreaterThan(0);
  expect(left.every((x) => x >= 150)).toBe(true);
  expect(differing(filled, half).every((x) => x <= 161)).toBe(true);

  await hand.drag([
    [160, 120],
    [200, 120],
  ]);
  expect(differing(before, await exported(hand, 'back.png'))).toEqual([]);
  await page.keyboard.press('Control+z');
  expect(differing(half, await exported(hand, 'undone.png'))).toEqual([]);
});

/** What is exported as PNG. */
async function exported({ tessera, page }: Hand, name: string): Promise<Picture> {
  const file = path.join(temporaryFolder(), name);
  await chooseFile(tessera.app, file);
  await page.keyboard.press('Control+Shift+E');
  await page
    .getByRole('dialog', { name: 'Export a picture' })
    .getByRole('button', { name: 'Export…' })
    .press('Enter');
  await expect(page.getByText(`Exported ${name}`)).toBeVisible();
  return pixelsOf(file);
}

/** The columns of the pixels in which two pictures differ. */
function differing(a: Picture, b: Picture): number[] {
  const columns: number[] = [];
  for (let i = 0; i < a.data.length; i += 4) {
    if ([0, 1, 2, 3].some((c) => a.data[i + c] !== b.data[i + c])) columns.push((i / 4) % a.width);
  }
  return columns;
}

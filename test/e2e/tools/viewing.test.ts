import type { Page } from '@playwright/test';
import { expect, test } from '../support/test.ts';
import { Hand, squaresFile, values } from './hand.ts';

/** The pixel under the pointer, as the status bar tells it. */
async function pixelUnderPointer(page: Page): Promise<string> {
  return (await page.getByRole('contentinfo').locator('.pointer').textContent())!.trim();
}

async function zoom(page: Page): Promise<number> {
  return Number((await page.getByRole('spinbutton', { name: 'Zoom' }).inputValue()).replace(/\D/g, ''));
}

test('the wheel zooms to the pointer, Space and the middle button drag, and a double click fits', async ({
  launch,
}) => {
  const hand = new Hand(await launch({ files: [await squaresFile()] }));
  const { page } = hand;
  await hand.move([70.5, 80.5]);
  await expect.poll(() => pixelUnderPointer(page)).toBe('x 70, y 80 px');
  for (let notch = 0; notch < 5; notch++) await page.mouse.wheel(0, -120);
  await expect.poll(() => zoom(page)).toBeGreaterThan(200);
  await expect.poll(() => pixelUnderPointer(page)).toBe('x 70, y 80 px');
  for (let notch = 0; notch < 5; notch++) await page.mouse.wheel(0, 120);
  await expect.poll(() => zoom(page)).toBe(100);

  // What was under the pointer comes along.
  await page.keyboard.down('Space');
  await hand.drag([
    [70.5, 80.5],
    [130.5, 100.5],
  ]);
  await page.keyboard.up('Space');
  await expect.poll(() => pixelUnderPointer(page)).toBe('x 70, y 80 px');
  await hand.drag(
    [
      [130.5, 100.5],
      [70.5, 80.5],
    ],
    { button: 'middle' },
  );
  await expect.poll(() => pixelUnderPointer(page)).toBe('x 70, y 80 px');
  expect(await hand.selection()).toBeNull();

  await page.keyboard.press('Control+=');
  await hand.choose('Pan');
  await page.mouse.dblclick(...(await hand.screen([70.5, 80.5])));
  await expect.poll(() => zoom(page)).toBeGreaterThan(200);
  await page.keyboard.press('Control+1');
  await hand.choose('Mask brush');
  await hand.click([200, 200]);
  expect(values(await hand.selection(), [[200, 200]])).toEqual([255]);
});

test('the canvas is named, and moves with the arrow keys', async ({ launch }) => {
  const hand = new Hand(await launch({ files: [await squaresFile()] }));
  const { page } = hand;
  await expect(hand.canvas).toHaveAccessibleName(/squares\.png, 320 by 240 pixels/);
  await hand.canvas.focus();
  await hand.move([160.5, 120.5]);
  const before = await pixelUnderPointer(page);
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => pixelUnderPointer(page)).not.toBe(before);
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => pixelUnderPointer(page)).toBe(before);
});

test('the line of the comparison is a slider', async ({ launch }) => {
  const hand = new Hand(await launch({ files: [await squaresFile()] }));
  const { page } = hand;
  await hand.canvas.focus();
  await page.keyboard.press('y');
  const slider = page.getByRole('slider', { name: /the original/ });
  await expect(slider).toHaveAttribute('aria-valuenow', '50');
  await slider.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(slider).toHaveAttribute('aria-valuenow', '48');
  const box = (await slider.boundingBox())!;
  const canvas = (await hand.canvas.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(canvas.x + canvas.width * 0.25, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  await expect(slider).toHaveAttribute('aria-valuenow', '25');
  expect(await hand.selection()).toBeNull();
  await page.keyboard.press('y');
  await expect(slider).toHaveCount(0);
});

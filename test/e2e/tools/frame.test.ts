import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../support/test.ts';
import { Hand, squaresFile } from './hand.ts';

/** What the panel says of the frame of the next fill. */
function frame(page: Page): Locator {
  return page.getByRole('complementary', { name: 'Panels' }).getByText(/^\d+ × \d+ px$/);
}

test('the frame is drawn, moved and resized by whole tokens', async ({ launch }) => {
  const hand = new Hand(await launch({ files: [await squaresFile()] }));
  const { page } = hand;
  await hand.choose('Frame');
  await hand.drag([
    [20, 20],
    [153, 153],
  ]);
  await hand.choose('Mask brush');
  await hand.click([90, 90]);
  await expect(frame(page)).toHaveText('136 × 136 px'); // tokens of 8 px

  await hand.choose('Frame');
  await hand.drag([
    [60, 60],
    [79, 60],
  ]);
  await hand.drag([
    [40 + 136, 24 + 68], // it lies on the lattice of the picture's tokens now
    [40 + 136 + 25, 24 + 68],
  ]);
  await expect(frame(page)).toHaveText('160 × 136 px');
  await hand.canvas.focus();
  await page.keyboard.press('Shift+ArrowDown');
  await expect(frame(page)).toHaveText('160 × 144 px');
  await page.keyboard.press('Control+z');
  await expect(frame(page)).toHaveText('160 × 136 px');

  await page.mouse.dblclick(...(await hand.screen([100, 100])));
  await expect(frame(page)).not.toHaveText('160 × 136 px'); // chosen by itself again
});

test('the edges of the picture extend it, in one step', async ({ launch }) => {
  const hand = new Hand(await launch({ files: [await squaresFile()] }));
  const { page } = hand;
  await hand.choose('Frame');
  await hand.drag([
    [319, 30], // the grip is in the middle; the whole edge can be dragged
    [319 + 65, 30],
  ]);
  await expect(hand.canvas).toHaveAttribute('aria-label', /384 by 240 pixels/);
  await page.keyboard.press('Control+z');
  await expect(hand.canvas).toHaveAttribute('aria-label', /320 by 240 pixels/);
  const selection = await hand.selection();
  expect(selection).toBeNull();
});

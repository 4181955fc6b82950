import path from 'node:path';
import { ask, exported, opened, PATIENT } from '../support/steps.ts';
import { temporaryFolder } from '../support/tessera.ts';
import { expect, test } from '../support/test.ts';
import { setTheme } from '../ui/steps.ts';
import { Hand, pixelsOf, squaresFile } from './hand.ts';

test('an edge is dragged outwards, presets make shapes, and the picture stays as it was', async ({
  launch,
}) => {
  const file = await squaresFile();
  const tessera = await launch({ files: [file] });
  const hand = new Hand(tessera);
  const { page } = hand;
  await opened(page, '320 by 240 pixels');
  await hand.choose('Extend');
  await hand.move([318, 120]);
  await page.mouse.down();
  await hand.move([418, 130], 6);
  for (const theme of ['dark', 'light'] as const) {
    await setTheme(tessera.app, page, theme);
    await tessera.screenshot(`extend-drag-${theme}`);
  }
  await page.mouse.up();
  await opened(page, '427 by 240 pixels'); // 16:9 attracts
  await tessera.screenshot('extended');
  const wide = await exported(tessera, path.join(temporaryFolder(), 'wide.png'));
  const before = await pixelsOf(file);
  for (const y of [0, 100, 239]) {
    expect([...wide.data.subarray(4 * y * 427, 4 * (y * 427 + 320))]).toEqual([
      ...before.data.subarray(4 * y * 320, 4 * (y + 1) * 320),
    ]);
  }
  await page.keyboard.press('Control+z');
  await page.getByRole('button', { name: '2:1', exact: true }).click();
  await opened(page, '480 by 240 pixels');
  await page.keyboard.press('Control+Alt+c');
  await tessera.screenshot('extend-dialog');
  await page.keyboard.press('Escape');
});

test('what the removal brush paints is filled when it is let go, as one step', async ({ launch }) => {
  const file = await squaresFile();
  const tessera = await launch({ files: [file] });
  const hand = new Hand(tessera);
  const { page } = hand;
  await opened(page, '320 by 240 pixels');
  await ask(page, 'Draft', 4);
  await hand.choose('Remove');
  await hand.drag([
    [50, 50],
    [70, 70],
    [60, 60],
    [45, 70],
    [75, 45],
  ]);
  await tessera.screenshot('removing');
  await expect(page.getByRole('button', { name: 'Undo' })).toBeEnabled(PATIENT);
  const after = await exported(tessera, path.join(temporaryFolder(), 'removed.png'));
  const [red, green] = after.data.subarray(4 * (60 * 320 + 60));
  expect(red! - green!).toBeLessThan(90); // it was 180
  const kept = after.data.subarray(4 * (140 * 320 + 220), 4 * (140 * 320 + 220) + 3);
  expect([...kept]).toEqual([210, 30, 30]);
  await page.getByRole('tab', { name: 'History' }).click();
  await expect(page.getByText('Remove', { exact: true }).first()).toBeVisible();
});

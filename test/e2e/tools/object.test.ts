import { expect, test } from '../support/test.ts';
import { opened, PATIENT } from '../support/steps.ts';
import { setTheme } from '../ui/steps.ts';
import { Hand, squaresFile, values } from './hand.ts';

test('a click selects an object, Alt takes it away, Shift adds another; each is one step', async ({
  launch,
}) => {
  const tessera = await launch({ files: [await squaresFile()] });
  const hand = new Hand(tessera);
  const { page } = hand;
  await opened(page, '320 by 240 pixels');
  await hand.choose('Object');
  await hand.click([60, 60]);
  await expect(page.getByRole('button', { name: 'Undo' })).toBeEnabled(PATIENT);
  for (const theme of ['dark', 'light'] as const) {
    await setTheme(tessera.app, page, theme);
    await tessera.screenshot(`object-${theme}`);
  }
  const places = [[60, 60], [45, 75], [30, 30], [220, 140]] as const; // prettier-ignore
  expect(values(await hand.selection(), places)).toEqual([255, 255, 0, 0]);
  await hand.drag([[205, 125], [230, 150]], { keys: ['Shift'] }); // prettier-ignore
  await expect.poll(async () => values(await hand.selection(), places)).toEqual([255, 255, 0, 255]);
  await page.keyboard.press('Control+z');
  expect(values(await hand.selection(), places)).toEqual([255, 255, 0, 0]);
});

import type { Tessera } from '../support/tessera.ts';
import { PATIENT } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';
import {
  clickAt,
  closeDialog,
  fill,
  openDialog,
  openSample,
  openTokens,
  setTheme,
  stroke,
  violations,
} from './steps.ts';

/** All rules in the dark theme; in the light one only colours differ. */
async function checksOf({ app, page }: Tessera): Promise<(state: string) => Promise<void>> {
  await page.emulateMedia({ reducedMotion: 'reduce' }); // colours are there at once
  await setTheme(app, page, 'dark');
  return async (state) => {
    expect(await violations(page), state).toEqual([]);
    await setTheme(app, page, 'light');
    expect(await violations(page, ['color-contrast']), `${state}: light`).toEqual([]);
    await setTheme(app, page, 'dark');
  };
}

test('is accessible in every state', async ({ launch }) => {
  const tessera = await launch({ size: { width: 1280, height: 720 } });
  const { page } = tessera;
  const check = await checksOf(tessera);

  await expect(page.getByRole('button', { name: /Open picture/ })).toBeVisible();
  await check('empty');
  await openSample(page, 'Coffee');
  await check('open');
  await stroke(page, [0.5, 0.5], [0.55, 0.55]);
  await check('masking');
  await fill(page);
  await check('candidates');
  for (const panel of ['History', 'Model', 'Fill']) {
    await page.getByRole('tab', { name: panel }).click();
    await check(panel);
  }
  await page.getByText('Advanced', { exact: true }).click();
  await check('advanced');
  await page.getByRole('tab', { name: 'Tokens' }).click();
  await page.getByRole('button', { name: 'Files' }).click();
  await check('menu');
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: 'Fill' }).click();

  for (const keys of ['?', 'Control+E', 'Control+Alt+C', 'Shift+F6']) {
    await openDialog(page, keys);
    await check(`the dialog of ${keys}`);
    await closeDialog(page);
  }
});

test('the Tokens panel is accessible in every state', async ({ launch }) => {
  const tessera = await launch({ size: { width: 1280, height: 720 } });
  const { page } = tessera;
  const check = await checksOf(tessera);
  await openSample(page, 'Coffee');
  await openTokens(page);
  await check('no current code');
  await page.getByRole('button', { name: 'Show me' }).click();
  await clickAt(page, [0.4, 0.4]);
  await page.getByText('Find and replace', { exact: true }).click();
  await page.getByText('What the model thinks', { exact: true }).click();
  await page.getByRole('radio', { name: 'Error' }).check({ force: true });
  await expect(page.getByRole('group', { name: 'Scale of the heat map' })).toBeVisible();
  await check('a heat map');

  await page.getByRole('radio', { name: 'Map' }).check({ force: true });
  await page.getByRole('combobox', { name: 'Codes to show' }).selectOption('By colour');
  await page.getByRole('listbox', { name: 'Codes' }).hover();
  await page.getByRole('button', { name: /^Save these/ }).click();
  await check('a map, a colour and a name');

  await page.getByRole('button', { name: 'Ask the model' }).click();
  await clickAt(page, [0.5, 0.5]);
  const suggestions = page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option');
  await expect(suggestions).toHaveCount(16, PATIENT);
  await suggestions.first().click();
  await check('suggestions');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Token eraser' }).click();
  await stroke(page, [0.6, 0.5], [0.64, 0.5]);
  await page.getByRole('tab', { name: 'Fill' }).click();
  await fill(page);
  await openTokens(page);
  await page.getByRole('combobox', { name: 'Compare with' }).selectOption('Candidate 2');
  await page.getByRole('spinbutton', { name: /^Step \(of/ }).fill('1');
  await check('a candidate token by token');
});

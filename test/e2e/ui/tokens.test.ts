import type { Locator, Page } from '@playwright/test';
import { PATIENT } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';
import {
  candidates,
  clickAt,
  covered,
  openSample,
  openTokens,
  overflow,
  picture,
  setTheme,
  stroke,
} from './steps.ts';

test('leads a newcomer to a painted token, a suggestion, and a fill around a hint', async ({ launch }) => {
  const { page, screenshot } = await launch({ size: { width: 1280, height: 720 } });
  await openSample(page, 'Coffee');
  await openTokens(page);
  const steps = page.getByRole('complementary', { name: 'First steps with tokens' });
  await steps.getByRole('button', { name: 'Show me' }).click();
  await expect(page.getByRole('button', { name: 'Token brush' })).toHaveAttribute('aria-pressed', 'true');

  await clickAt(page, [0.4, 0.4]);
  await expect(steps).toContainText('Ask what the model would put', PATIENT);
  await steps.getByRole('button', { name: 'Ask' }).click();
  await clickAt(page, [0.5, 0.5]);
  const suggestions = list(page, 'Suggestions');
  await expect(suggestions.getByRole('option')).toHaveCount(16, PATIENT);
  await suggestions.getByRole('option').nth(1).click();
  await expect(suggestions.getByRole('option').nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowRight');
  await expect(suggestions.getByRole('option').nth(2)).toBeFocused();
  await screenshot('tokens/suggestions');
  await suggestions.getByRole('option').filter({ hasNotText: 'now' }).nth(2).click();
  await page.keyboard.press('Enter');
  await expect(suggestions).toHaveCount(0, PATIENT);

  await steps.getByRole('button', { name: 'Take the eraser' }).click(PATIENT);
  await stroke(page, [0.6, 0.5], [0.64, 0.5]);
  await steps.getByRole('button', { name: 'Take the brush' }).click(PATIENT);
  await clickAt(page, [0.62, 0.5]);
  await expect(steps).toContainText('Fill: the model makes', PATIENT);
  await steps.getByRole('button', { name: 'Fill' }).click();
  await expect(candidates(page).first()).toBeVisible(PATIENT);
  await screenshot('tokens/candidates');
  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(candidates(page)).toHaveCount(0);
  await expect(steps).toHaveCount(0);
});

test('finds codes by keyboard, keeps them as a set, and replaces one by another', async ({ launch }) => {
  const { page } = await launch({ size: { width: 1280, height: 720 } });
  await openSample(page, 'Coffee');
  await openTokens(page);
  const codes = list(page, 'Codes');
  const hand = page.getByRole('region', { name: 'Tool options' });
  await codes.focus();
  await page.keyboard.type('512');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Token brush' }).click();
  await expect(hand).toContainText('Code 512');
  await codes.focus();
  await page.keyboard.press('*');
  await expect(page.getByRole('button', { name: 'Favourite' })).toHaveAttribute('aria-pressed', 'true');

  const shown = page.getByRole('combobox', { name: 'Codes to show' });
  await shown.selectOption('Favourites');
  await expect(page.getByText('1 of 1024 codes')).toBeVisible();
  await page.getByRole('button', { name: 'Save these 1 as a set' }).click();
  await page.getByRole('textbox', { name: 'Name of the set' }).fill('Mine');
  await page.keyboard.press('Enter');
  await expect(shown).toHaveValue('set:Mine');
  await page.getByRole('button', { name: 'Delete the set' }).click();
  await expect(shown).toHaveValue('all');

  await shown.selectOption('Used in the frame');
  await codes.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter'); // the most frequent
  await page.getByText('Find and replace', { exact: true }).click();
  await page.getByRole('spinbutton', { name: 'Replace by' }).fill('7');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^[1-9]\d* tokens? found$/)).toBeVisible();
  await page.getByRole('button', { name: 'Replace', exact: true }).click();
  await expect(page.getByText('0 tokens found')).toBeVisible(PATIENT);
});

const LOOKS = [
  { theme: 'dark', width: 1280, height: 720 },
  { theme: 'light', width: 2560, height: 1440 },
  { theme: 'light', width: 1024, height: 640 },
] as const;

for (const { theme, width, height } of LOOKS) {
  test(`the Tokens panel has its place: ${theme}, ${width} x ${height}`, async ({ launch }) => {
    const { app, page, screenshot } = await launch({ size: { width, height } });
    await setTheme(app, page, theme);
    await openSample(page, 'Coffee');
    await openTokens(page);
    const look = async (state: string): Promise<void> => {
      await screenshot(`look/tokens-${state}-${theme}-${width}x${height}`);
      expect(await covered(page), `${state}: covered`).toEqual([]);
      expect(await overflow(page), `${state}: larger than the window`).toEqual({ x: 0, y: 0 });
    };
    await page.getByRole('button', { name: 'Show me' }).click();
    await page.getByRole('button', { name: 'Close the first steps with tokens' }).click();
    await moveTo(page, [0.4, 0.4]);
    await expect(page.getByRole('region', { name: 'Token', exact: true })).toContainText('Encoded', PATIENT);
    await look('palette');
    await page.getByRole('radio', { name: 'Map' }).check({ force: true });
    await look('map');
    await page.getByText('What the model thinks', { exact: true }).click();
    await page.getByRole('radio', { name: 'Error' }).check({ force: true });
    await expect(page.getByRole('group', { name: 'Scale of the heat map' })).toBeVisible(PATIENT);
    await look('heat');
  });
}

function list(page: Page, name: string): Locator {
  return page.getByRole('listbox', { name });
}

async function moveTo(page: Page, [x, y]: readonly [number, number]): Promise<void> {
  const box = (await picture(page).boundingBox())!;
  await page.mouse.move(box.x + x * box.width, box.y + y * box.height);
}

import path from 'node:path';
import { tinyWithWords } from '../../fixtures/words/tinyWithWords.ts';
import { setTheme, violations } from '../ui/steps.ts';
import { opened, PATIENT } from '../support/steps.ts';
import { root, temporaryFolder } from '../support/tessera.ts';
import { expect, test } from '../support/test.ts';

const PHOTO = path.join(root, 'assets', 'samples', 'chelsea.png');

test('a package that knows some words says which, and which of a prompt it does not know', async ({
  launch,
}) => {
  const packages = path.join(temporaryFolder(), 'packages');
  tinyWithWords(path.join(packages, 'tiny'));
  const { app, page, screenshot } = await launch({
    files: [PHOTO],
    env: { TESSERA_PACKAGES: packages },
    size: { width: 1280, height: 900 },
  });
  await opened(page, 'chelsea');
  await page.getByRole('tab', { name: 'Model' }).click();
  await page.getByRole('radio', { name: /Tiny/ }).click();
  await page.getByRole('tab', { name: 'Fill' }).click();

  const prompt = page.getByLabel('Prompt', { exact: true });
  await prompt.fill('a brik wall');
  await expect(page.getByText('Not known: brik. Near it: brick, sky')).toBeVisible(PATIENT);
  await expect(page.getByText('0 of 2 words')).toBeVisible();

  // The list puts words into the prompt.
  await prompt.fill('bricks');
  await page.getByText('Words it knows').click();
  await page.getByRole('list', { name: 'Words it knows' }).getByRole('button', { name: 'sky' }).click();
  await expect(prompt).toHaveValue('bricks sky');
  await expect(page.getByText('2 of 2 words')).toBeVisible(PATIENT);
  for (const theme of ['dark', 'light'] as const) {
    await setTheme(app, page, theme);
    await screenshot(`words-${theme}`);
    expect(await violations(page)).toEqual([]);
  }
});

import path from 'node:path';
import { setTheme, violations } from '../ui/steps.ts';
import { chooseFile } from '../support/dialogs.ts';
import { chooseInMenu } from '../support/menu.ts';
import { ask, candidates, opened, PATIENT, stroke } from '../support/steps.ts';
import { root, temporaryFolder } from '../support/tessera.ts';
import { expect, test } from '../support/test.ts';

const INDEX = path.join(root, 'test', 'fixtures', 'importers', 'texts', 'vq-diffusion', 'model_index.json');
const PHOTO = path.join(root, 'assets', 'samples', 'chelsea.png');

test('a fill follows a prompt, and a selection is repaired', async ({ launch }) => {
  const env = { TESSERA_PACKAGES: path.join(temporaryFolder(), 'packages') };
  const { app, page, screenshot } = await launch({
    files: [PHOTO],
    env,
    size: { width: 1280, height: 900 },
  });
  await opened(page, 'chelsea');
  await expect(page.getByRole('combobox', { name: 'Prompt', exact: true })).toHaveCount(0);

  const dialog = page.getByRole('dialog', { name: 'Add a model' });
  await chooseInMenu(app, 'file.add-model');
  await chooseFile(app, INDEX);
  await dialog.getByRole('button', { name: 'Choose files…' }).click();
  await expect(dialog.getByText('Text model: reads prompts')).toBeVisible(PATIENT);
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(dialog.getByText(/takes .* here/)).toBeVisible(PATIENT);
  await dialog.getByRole('button', { name: 'Use it' }).click();

  // How much the model takes in is said while the prompt is written.
  const prompt = page.getByLabel('Prompt', { exact: true });
  await prompt.fill('a cat a cat a cat a cat a cat a wall');
  await expect(page.getByText('10 of 10 tokens')).toBeVisible(PATIENT);
  await expect(page.getByText('Left out: a wall')).toBeVisible();
  await page.getByLabel('Negative prompt').fill('stone');
  for (const theme of ['dark', 'light'] as const) {
    await setTheme(app, page, theme);
    await screenshot(`prompt-${theme}`);
    expect(await violations(page)).toEqual([]);
  }

  await prompt.fill('a cat');
  await ask(page, 'Draft', 1);
  await stroke(page);
  await page.keyboard.press('Enter');
  await expect(candidates(page)).toHaveCount(1, PATIENT);
  await page.keyboard.press('Enter');
  await page.getByRole('tab', { name: 'History' }).click();
  await expect(page.getByText('“a cat”')).toBeVisible(PATIENT);

  // A repair of the same place.
  await page.getByRole('tab', { name: 'Fill' }).click();
  await stroke(page);
  await page.getByText('Repair', { exact: true }).first().click();
  await page.getByRole('button', { name: 'Repair', exact: true }).click();
  await expect(candidates(page)).toHaveCount(1, PATIENT);
  await screenshot('repair');
});

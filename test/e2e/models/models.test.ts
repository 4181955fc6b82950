import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTheme, violations } from '../ui/steps.ts';
import { UT_SAMPLER, writeWeights } from '../../unit/native-models/importers/recognise/files.ts';
import { zip } from '../../integration/native-models/runtime/zip.ts';
import { answerBoxes, chooseFile } from '../support/dialogs.ts';
import { chooseInMenu } from '../support/menu.ts';
import { candidates, PATIENT } from '../support/steps.ts';
import { root, temporaryFolder } from '../support/tessera.ts';
import { expect, test } from '../support/test.ts';

/** The light theme is for eyes, as in ui/look.test.ts. */
const THEMES = process.env.TESSERA_LOOKS ? (['dark', 'light'] as const) : (['dark'] as const);

const FAMILIES = path.join(root, 'test', 'fixtures', 'importers', 'families');
const TINY = path.join(root, 'test', 'fixtures', 'tiny-package', 'tiny');

for (const theme of THEMES) {
  test(`a model is added, tried, drawn with and removed: ${theme}`, async ({ launch }) => {
    const folder = temporaryFolder();
    const env = { TESSERA_PACKAGES: path.join(folder, 'packages') };
    const { app, page, screenshot } = await launch({ env, size: { width: 1280, height: 800 } });
    await setTheme(app, page, theme);
    const dialog = page.getByRole('dialog', { name: 'Add a model' });

    // A sampler alone is recognised, and what is missing is said.
    await chooseInMenu(app, 'file.add-model');
    await dialog.getByText('Known published models').click();
    await expect(dialog.getByText('absorbing_ema_2000000.th').first()).toBeVisible();
    await screenshot(`add-model-known-${theme}`);
    expect(await violations(page)).toEqual([]);
    await chooseFile(app, writeWeights(path.join(folder, 'absorbing_ema_2000000.th'), UT_SAMPLER));
    await dialog.getByRole('button', { name: 'Choose files…' }).click();
    await expect(dialog.getByRole('status')).toContainText('is a second file', PATIENT);
    await screenshot(`add-model-missing-${theme}`);
    expect(await violations(page)).toEqual([]);

    // A file that is no model gives one sentence.
    const text = path.join(folder, 'notes.pt');
    writeFileSync(text, 'not a model');
    await chooseFile(app, text);
    await dialog.getByRole('button', { name: 'Add a file…' }).click();
    await expect(dialog.getByRole('alert')).toContainText('notes.pt', PATIENT);

    // A package is added and tried.
    const archive = path.join(folder, 'tiny.tspkg');
    const entries = readdirSync(TINY).map((name) => ({ name, data: readFileSync(path.join(TINY, name)) }));
    writeFileSync(archive, zip(entries));
    await chooseFile(app, archive);
    await dialog.getByRole('button', { name: 'Choose files…' }).click();
    await expect(dialog.getByText('Tiny greys 1.0.0')).toBeVisible(PATIENT);
    await screenshot(`add-model-found-${theme}`);
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(dialog.getByText(/takes .* here/)).toBeVisible(PATIENT);
    await screenshot(`add-model-done-${theme}`);
    await dialog.getByRole('button', { name: 'Use it' }).click();
    await expect(dialog).toHaveCount(0);

    // A picture from nothing, larger than the model sees at once.
    await chooseInMenu(app, 'file.new-from-model');
    const fresh = page.getByRole('dialog', { name: 'New from the model' });
    await fresh.getByRole('button', { name: '128 × 96 px' }).click();
    await screenshot(`new-from-model-${theme}`);
    expect(await violations(page)).toEqual([]);
    await fresh.getByRole('button', { name: 'Draw' }).click();
    await expect(candidates(page)).toHaveCount(4, PATIENT);

    // Both packages are there, with what they take; the added one can be removed.
    await page.getByRole('tab', { name: 'Model' }).click();
    await expect(page.getByRole('radio', { name: 'Tiny greys' })).toBeChecked();
    await screenshot(`model-panel-${theme}`);
    expect(await violations(page)).toEqual([]);
    await answerBoxes(app, 0);
    await page.getByRole('button', { name: 'Remove Tiny greys' }).click();
    await expect(page.getByRole('radio')).toHaveCount(1, PATIENT);
    expect(readdirSync(env.TESSERA_PACKAGES)).toEqual([]);
  });
}

for (const theme of THEMES) {
  test(`published checkpoints become a model that fills: ${theme}`, async ({ launch }) => {
    const env = { TESSERA_PACKAGES: path.join(temporaryFolder(), 'packages') };
    const { app, page, screenshot } = await launch({ env, size: { width: 1280, height: 800 } });
    await setTheme(app, page, theme);
    const dialog = page.getByRole('dialog', { name: 'Add a model' });
    const files = ['absorbing_ema.th', 'vqgan_ema.th'].map((name) => path.join(FAMILIES, name));
    await chooseInMenu(app, 'file.add-model');
    await chooseFile(app, files);
    await dialog.getByRole('button', { name: 'Choose files…' }).click();
    const name = dialog.getByRole('textbox', { name: 'Name' });
    await expect(name).toHaveValue('Unleashing Transformers, 2 px, 32 codes', PATIENT);
    await name.fill('My churches');
    await dialog.getByText('Fast', { exact: true }).click();
    await expect(dialog.getByText('Products of 8 bits')).toBeVisible();
    await expect(dialog.getByRole('switch', { name: 'Measure what it costs' })).toBeChecked();
    await screenshot(`import-options-${theme}`);
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(dialog.getByText('My churches is added.')).toBeVisible(PATIENT);
    await expect(dialog.getByText(/takes .* here/)).toBeVisible(PATIENT);
    await expect(dialog.getByText('What the precision costs')).toBeVisible();
    await expect(dialog.getByText(/bits per token/)).toBeVisible();
    await screenshot(`import-done-${theme}`);
    expect(await violations(page)).toEqual([]);
    expect(readdirSync(env.TESSERA_PACKAGES)).toEqual(['my-churches']);
    await dialog.getByRole('button', { name: 'Use it' }).click();
    await expect(dialog).toHaveCount(0);
    await expect(page.getByText('My churches')).toBeVisible(); // in the status bar
  });
}

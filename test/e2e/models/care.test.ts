import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectNeeding } from '../../fixtures/projects/needing.ts';
import { sha256 } from '../../fixtures/words/tinyWithWords.ts';
import { answerBoxes, chooseFile } from '../support/dialogs.ts';
import { opened, PATIENT } from '../support/steps.ts';
import { root, temporaryFolder } from '../support/tessera.ts';
import { expect, test } from '../support/test.ts';
import { setTheme, violations } from '../ui/steps.ts';

const TINY = path.join(root, 'test', 'fixtures', 'tiny-package', 'tiny');

test('packages are checked, exported, repaired, moved, and removed with a word on who needs them', async ({
  launch,
}) => {
  const data = temporaryFolder();
  const packages = path.join(data, 'tessera', 'packages');
  cpSync(TINY, path.join(packages, 'tiny'), { recursive: true });
  const manifest = readFileSync(path.join(TINY, 'manifest.json'), 'utf8');
  const second = manifest.replace('"version": "1.0.0"', '"version": "2.0.0"');
  cpSync(TINY, path.join(packages, 'tiny@2.0.0'), { recursive: true });
  writeFileSync(path.join(packages, 'tiny@2.0.0', 'manifest.json'), second);
  const project = await projectNeeding(path.join(data, 'needing.tessera'), {
    id: 'tiny',
    sha256: sha256(Buffer.from(second)),
  });
  const { app, page, screenshot } = await launch({
    files: [project],
    env: { XDG_DATA_HOME: data, TESSERA_PACKAGES: '' },
    size: { width: 1280, height: 900 },
  });
  await opened(page, 'needing');

  // Both versions stand there, and the project goes on with its own.
  await page.getByRole('tab', { name: 'Model' }).click();
  await expect(page.getByRole('radio', { name: 'Tiny greys 2.0.0' })).toBeChecked(PATIENT);
  await expect(page.getByRole('radio', { name: 'Tiny greys 1.0.0' })).not.toBeChecked();
  await expect(page.getByText('are free.')).toBeVisible();
  await page.getByRole('button', { name: 'Check Tiny greys 2.0.0' }).click();
  await expect(page.getByText('Tiny greys is intact.')).toBeVisible(PATIENT);

  const archive = path.join(data, 'second.tspkg');
  await chooseFile(app, archive);
  await page.getByRole('button', { name: 'Export Tiny greys 2.0.0' }).click();
  await expect(page.getByText('Exported Tiny greys to second.tspkg.')).toBeVisible(PATIENT);

  // A damaged one is repaired from its file.
  const decoder = path.join(packages, 'tiny@2.0.0', 'decoder.onnx');
  const whole = readFileSync(decoder);
  writeFileSync(decoder, whole.subarray(1));
  const asked = await answerBoxes(app, 0);
  await page.getByRole('button', { name: 'Check Tiny greys 2.0.0' }).click();
  await expect(page.getByText('Repaired Tiny greys.')).toBeVisible(PATIENT);
  expect(await asked()).toEqual(['Tiny greys is damaged.', 'Choose the file of Tiny greys.']);
  expect(readFileSync(decoder).equals(whole)).toBe(true);

  // One that cannot be used is named.
  const half = path.join(packages, 'half');
  mkdirSync(half);
  await page.getByRole('tab', { name: 'Fill' }).click();
  await page.getByRole('tab', { name: 'Model' }).click();
  await expect(page.getByRole('list', { name: 'Damaged packages' })).toContainText('half', PATIENT);
  for (const theme of ['light', 'dark'] as const) {
    await setTheme(app, page, theme);
    await screenshot(`packages-${theme}`);
    expect(await violations(page)).toEqual([]);
  }
  await answerBoxes(app, 0);
  await page.getByRole('button', { name: 'Remove half' }).click();
  await expect(page.getByRole('list', { name: 'Damaged packages' })).toHaveCount(0, PATIENT);

  // The folder is moved, and the window follows.
  const there = path.join(data, 'elsewhere');
  await chooseFile(app, there);
  await page.keyboard.press('Control+,');
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('tab', { name: 'Filling' }).click();
  await screenshot('packages-live-in');
  await settings.getByRole('button', { name: 'Move…' }).click();
  await expect(settings.getByText(there)).toBeVisible(PATIENT);
  expect(readdirSync(there).sort()).toEqual(['tiny', 'tiny@2.0.0']);
  expect(existsSync(packages)).toBe(false);
  await page.keyboard.press('Escape');

  const question = await answerBoxes(app, 0);
  await page.getByRole('button', { name: 'Remove Tiny greys 2.0.0' }).click();
  await expect(page.getByRole('radio', { name: 'Tiny greys', exact: true })).toBeVisible(PATIENT);
  expect(await question()).toEqual(['Remove Tiny greys?']);
  expect(readdirSync(there)).toEqual(['tiny']);
});

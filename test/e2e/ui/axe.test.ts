import { expect, test } from '../support/test.ts';
import { closeDialog, fill, openDialog, openSample, setTheme, stroke, violations } from './steps.ts';

for (const theme of ['dark', 'light'] as const) {
  test(`is accessible in every state: ${theme}`, async ({ launch }) => {
    const { app, page } = await launch({ size: { width: 1280, height: 720 } });
    await setTheme(app, page, theme);
    const check = async (state: string): Promise<void> => {
      expect(await violations(page), state).toEqual([]);
    };

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
    await page.getByRole('button', { name: 'File' }).click();
    await check('menu');
    await page.keyboard.press('Escape');

    for (const keys of ['?', 'Control+E', 'Control+Alt+C', 'Shift+F6']) {
      await openDialog(page, keys);
      await check(`the dialog of ${keys}`);
      await closeDialog(page);
    }
  });
}

import path from 'node:path';
import { chooseFile } from '../support/dialogs.ts';
import { expect, test } from '../support/test.ts';
import { root } from '../support/tessera.ts';
import { closeDialog, openDialog, openSample, picture, stroke } from './steps.ts';

const COFFEE = path.join(root, 'assets', 'samples', 'coffee.png');

test('shows where files can be dropped, and says why one cannot be opened', async ({ launch }) => {
  const { page } = await launch();
  await expect(page.getByRole('button', { name: /Open picture/ })).toBeVisible();
  const drag = (type: string) =>
    page.evaluate((type) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['no picture'], 'from nowhere.jpg'));
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    }, type);
  await drag('dragover');
  await expect(page.getByText('Drop to open')).toBeVisible();
  await drag('drop');
  await expect(page.getByText('Drop to open')).toBeHidden();
  const alert = page.getByRole('alert').getByRole('group');
  await expect(alert).toBeVisible();
  await alert.getByRole('button', { name: 'Close this message' }).click();
  await expect(alert).toHaveCount(0);
});

test('keeps pictures apart in tabs', async ({ launch }) => {
  const { app, page } = await launch({ size: { width: 1280, height: 720 } });
  await openSample(page, 'Nuthatch');
  await expect(page.getByRole('tablist', { name: 'Open pictures' })).toHaveCount(0);
  await chooseFile(app, COFFEE);
  await page.keyboard.press('Control+O');
  const tabs = page.getByRole('tablist', { name: 'Open pictures' }).getByRole('tab');
  await expect(tabs).toHaveText(['nuthatch.jpg', 'coffee.png']);
  await expect(tabs.nth(1)).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByText('600 × 400 px', { exact: true })).toBeVisible();
  await page.keyboard.press('Control+O'); // it is open already
  await expect(tabs).toHaveCount(2);
  await page.keyboard.press('Control+PageUp');
  await expect(tabs.nth(0)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Control+Tab');
  await expect(tabs.nth(1)).toHaveAttribute('aria-selected', 'true');
  await tabs.nth(1).focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await expect(page.getByText('2400 × 1350 px', { exact: true })).toBeVisible();
  await tabs.nth(0).click({ button: 'middle' });
  await expect(page.getByRole('heading', { name: 'coffee.png' })).toBeVisible();
  await expect(tabs).toHaveCount(0);
});

test('goes through the history', async ({ launch }) => {
  const { page } = await launch({ size: { width: 1280, height: 720 } });
  await openSample(page, 'Coffee');
  await page.getByRole('spinbutton', { name: 'Size, px' }).fill('90'); // counts without leaving the field
  await stroke(page, [0.4, 0.4], [0.5, 0.5]);
  await stroke(page, [0.6, 0.4], [0.6, 0.5]);
  await page.getByRole('tab', { name: 'History' }).click();
  const steps = page.getByRole('tabpanel').getByRole('listitem').getByRole('button');
  await expect(steps).toHaveCount(3);
  await expect(steps.nth(1)).toContainText('90 px');
  await steps.nth(1).click();
  await expect(steps.nth(1)).toHaveAttribute('aria-current', 'step');
  await expect(steps.nth(2)).toContainText('undone');
  await page.keyboard.press('Control+Shift+Z');
  await expect(steps.nth(2)).toHaveAttribute('aria-current', 'step');
});

test('dialogs keep the focus and give it back', async ({ launch }) => {
  const { page } = await launch({ size: { width: 1280, height: 720 } });
  await openSample(page, 'Coffee');
  await openDialog(page, 'Control+Alt+C');
  const field = page.getByRole('spinbutton', { name: 'left, px' });
  await expect(field).toBeFocused();
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press('Tab');
    const outside = await page.evaluate(() => document.activeElement?.closest('.window') !== null);
    expect(outside).toBe(false);
  }
  await closeDialog(page);
  await expect(picture(page)).toBeFocused();

  await openDialog(page, 'Control+Alt+C');
  await page.keyboard.type('100');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByText('956 × 400 px', { exact: true })).toBeVisible();
});

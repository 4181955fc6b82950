import { PATIENT } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';
import { candidates, fill, openSample, stroke, clickAt } from '../ui/steps.ts';

test('tokens can be painted beside the frame of an earlier fill', async ({ launch }) => {
  const { page, screenshot } = await launch({ size: { width: 1280, height: 720 } });
  await openSample(page, 'Coffee');
  await page.getByRole('radio', { name: 'Draft' }).check({ force: true });
  await stroke(page, [0.15, 0.5], [0.18, 0.55]); // at the left
  await fill(page);
  await expect(candidates(page)).not.toHaveCount(0);
  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  await page.getByRole('tab', { name: 'Tokens' }).click();
  const token = page.getByRole('region', { name: 'Token', exact: true });
  const tool = page.getByRole('toolbar').getByRole('button', { name: 'Token brush', exact: true });
  await tool.click();
  await page.keyboard.down('Alt');
  await clickAt(page, [0.85, 0.8]); // at the right, picks a code
  await page.keyboard.up('Alt');
  await expect(token.getByText(/^Code \d+$/)).toBeVisible(PATIENT);
  await clickAt(page, [0.85, 0.3]);
  await page.getByRole('tab', { name: 'History' }).click();
  const steps = page.getByRole('tabpanel').getByRole('listitem');
  await expect(steps.last()).toContainText('Token', PATIENT);
  await screenshot('tokens/anywhere');
});

import { PATIENT } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';
import { candidates, openSample, stroke } from './steps.ts';

test('candidates show what differs, also large and side by side, and keep their numbers', async ({
  launch,
}) => {
  const { page, screenshot } = await launch({ size: { width: 1280, height: 720 } });
  await openSample(page, 'Coffee');
  await page.getByRole('radio', { name: 'Draft' }).check({ force: true });
  const count = page.getByRole('spinbutton', { name: 'Candidates', exact: true });
  await count.fill('2');
  await count.press('Enter');
  // Two parts, far apart.
  await stroke(page, [0.2, 0.3], [0.2, 0.7]);
  await stroke(page, [0.8, 0.3], [0.8, 0.7]);
  const fill = page.getByRole('button', { name: /^Fill/ });
  await fill.click();
  await expect(candidates(page)).toHaveCount(2, PATIENT);
  await expect(candidates(page).first().locator('canvas')).toHaveCount(2);
  await page.getByRole('button', { name: 'Fill again' }).click();
  await expect(candidates(page)).toHaveCount(4, PATIENT);
  await expect(candidates(page)).toHaveText(['1', '2', '3', '4']);
  await screenshot('candidates/strip');
  await page.getByRole('button', { name: 'Candidates side by side' }).click();
  const beside = page.getByRole('group', { name: 'Candidates side by side' }).getByRole('button');
  await expect(beside).toHaveCount(4);
  await beside.nth(1).click();
  await expect(candidates(page).nth(1)).toHaveAttribute('aria-selected', 'true');
  await screenshot('candidates/beside');
  await page.getByRole('button', { name: 'Large candidates' }).click();
  await page.getByRole('button', { name: 'Candidates side by side' }).click();
  await screenshot('candidates/large');
  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  await page.getByRole('tab', { name: 'History' }).click();
  await screenshot('candidates/history');
});

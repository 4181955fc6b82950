import { expect, test } from '../support/test.ts';
import { fill, openSample, stroke } from './steps.ts';

const ROOMY = { width: 1280, height: 720 };

test('a picture that is seen whole stays so when its room changes', async ({ launch }) => {
  const { app, page, screenshot } = await launch({ size: ROOMY });
  await openSample(page, 'Coffee');
  const zoom = async (): Promise<number> =>
    Number((await page.getByRole('spinbutton', { name: 'Zoom' }).inputValue()).replace(/[^\d.]/g, ''));
  await expect.poll(zoom).toBeGreaterThan(105); // enlarged: it has 600 x 400 px
  const roomy = await zoom();
  const resize = (width: number, height: number) =>
    app.evaluate(
      ({ BrowserWindow }, [width, height]) => {
        BrowserWindow.getAllWindows()[0]!.setContentSize(width!, height!);
      },
      [width, height],
    );
  await resize(1000, 640);
  await expect.poll(zoom).toBeLessThan(roomy);
  await resize(ROOMY.width, ROOMY.height);
  await expect.poll(zoom).toBe(roomy);
  await stroke(page, [0.4, 0.4], [0.5, 0.5]);
  await fill(page);
  await expect.poll(zoom).toBeLessThan(roomy); // the strip of candidates takes some of the room
  await screenshot('room/strip');
  await page.getByRole('button', { name: 'Discard all' }).click();
  await expect.poll(zoom).toBe(roomy);
});

test('what tools say has room', async ({ launch }) => {
  const { page, screenshot } = await launch({ size: ROOMY });
  await openSample(page, 'Coffee');
  const tip = page.getByRole('tooltip', { includeHidden: true });
  for (const name of ['Token stamp', 'Mix candidates', 'Token eraser', 'Restore tokens', 'Mask brush']) {
    const tool = page.getByRole('toolbar').getByRole('button', { name, exact: true });
    await tool.hover();
    await expect(tip).toContainText(name);
    const cut = await tip.evaluate((each) => each.scrollWidth - each.clientWidth);
    expect(cut).toBeLessThanOrEqual(0);
  }
  await screenshot('room/tooltip');
});

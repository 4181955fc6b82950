import type { Page } from '@playwright/test';
import { PATIENT } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';
import type { Tessera } from '../support/tessera.ts';
import {
  candidates,
  closeDialog,
  covered,
  openDialog,
  openSample,
  overflow,
  setTheme,
  stroke,
} from './steps.ts';

/** Layout is held to the narrowest and to the usual room; other looks are for eyes: TESSERA_LOOKS=all. */
const LOOKS = [
  { theme: 'light', width: 1024, height: 640, scale: 1 },
  { theme: 'dark', width: 1280, height: 720, scale: 2 },
] as const;

const FOR_EYES = [
  { theme: 'dark', width: 1280, height: 720, scale: 1 },
  { theme: 'light', width: 2560, height: 1440, scale: 1 },
] as const;

for (const { theme, width, height, scale } of process.env.TESSERA_LOOKS ? [...LOOKS, ...FOR_EYES] : LOOKS) {
  test(`every state has its place: ${theme}, ${width} x ${height}, ${scale * 100} %`, async ({ launch }) => {
    const tessera = await launch({ size: { width, height } });
    const { app, page } = tessera;
    await setTheme(app, page, theme);
    if (scale !== 1) await magnify(page, { width, height, scale });
    const look = looker(tessera, `${theme}-${width}x${height}${scale === 1 ? '' : `@${scale}`}`);

    const lookAtDialog = async (name: string, keys: string): Promise<void> => {
      await openDialog(page, keys);
      await look(name);
      await closeDialog(page);
    };

    await expect(page.getByRole('button', { name: /Open picture/ })).toBeVisible();
    await look('empty');

    await openSample(page, 'Nuthatch');
    await look('open');

    // Enough to see a strip: each costs half a second for every look.
    await page.getByRole('spinbutton', { name: /^Candidates/ }).fill('2');
    await page.getByRole('spinbutton', { name: 'Size, px' }).fill('240');
    await stroke(page, [0.445, 0.44], [0.52, 0.6]);
    await stroke(page, [0.445, 0.56], [0.46, 0.58]);
    await expect(page.getByText(/^\d+ tokens$/)).toBeVisible();
    await look('masking');
    await lookAtDialog('feather', 'Shift+F6');

    await page.getByRole('button', { name: /^Fill/ }).click();
    await expect(page.getByText(/^Step ([6-9]|1\d) of \d+$/).first()).toBeVisible(PATIENT);
    await look('filling');

    await expect(candidates(page).first()).toBeVisible(PATIENT);
    await look('candidates');

    await page.getByRole('button', { name: 'Accept', exact: true }).click();
    await page.getByRole('tab', { name: 'History' }).click();
    await look('history');

    await page.getByRole('tab', { name: 'Model' }).click();
    await look('model');
    await page.getByRole('tab', { name: 'Fill' }).click();
    await page.getByText('Advanced', { exact: true }).click();
    await look('advanced');

    await page.getByRole('button', { name: 'Frame', exact: true }).click();
    await look('frame');

    await lookAtDialog('shortcuts', '?');
    await lookAtDialog('export', 'Control+E');
    await lookAtDialog('extend', 'Control+Alt+C');
  });
}

/** Takes a picture of a state, and holds it to what is true of every state: nothing covered, nothing outside. */
function looker({ page, screenshot }: Tessera, name: string): (state: string) => Promise<void> {
  return async (state) => {
    await page.mouse.move(1, 1);
    await screenshot(`look/${state}-${name}`);
    expect(await covered(page), `${state}: covered`).toEqual([]);
    expect(await overflow(page), `${state}: larger than the window`).toEqual({ x: 0, y: 0 });
  };
}

/** The window as it is on a screen with more pixels. */
async function magnify(page: Page, size: { width: number; height: number; scale: number }): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { width, height, scale } = size;
  await session.send('Emulation.setDeviceMetricsOverride', {
    width,
    height,
    deviceScaleFactor: scale,
    mobile: false,
  });
}

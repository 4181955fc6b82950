import type { ElectronApplication, Page } from '@playwright/test';
import { chooseInMenu } from '../../test/e2e/support/menu.ts';
import { Hand, type Place } from './hand.ts';
import { settle, watchEvents } from './probe.ts';

const SIDE = 1024; // document px: 128 tokens of 8 px
const MOVES = 90; // of the hand
const PATIENT = { timeout: 180_000 }; // ms

/**
 * What the tokens over the picture cost the page, ms: frames while the view is dragged over 128 x 128 of them, and moves of
 * the pointer.
 */
export async function measureTokens(
  app: ElectronApplication,
  page: Page,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const hand = await Hand.over(page);
  await frameTokens(page, hand);
  const without = await panned(page, hand);
  await page.getByRole('tab', { name: 'Tokens' }).click();
  const known = page.getByRole('region', { name: 'Token', exact: true }).getByText(/^Code \d+$/);
  await hand.move([0.5, 0.5]);
  await known.waitFor(PATIENT);
  // What the engine draws of the codes meanwhile would be measured too.
  await page
    .getByRole('progressbar', { name: 'Drawing the codes' })
    .waitFor({ ...PATIENT, state: 'detached' });
  await settle(page);
  const grid = await panned(page, hand);
  await chooseInMenu(app, 'tokens.measure-error');
  await settle(page);
  const heat = await panned(page, hand);
  const hovered = await hover(page, hand);
  return new Map([
    ['tokens: frame while dragging the view, without them', without],
    ['tokens: frame with lines between 128 x 128', grid],
    ['tokens: frame with lines and a heat map of 128 x 128', heat],
    ['tokens: a move of the pointer over them', hovered],
  ]);
}

/** Draws a frame of 128 x 128 tokens in the middle of the picture, and shows it at 1:1. */
async function frameTokens(page: Page, hand: Hand): Promise<void> {
  await page.getByRole('application').focus();
  await page.keyboard.press('Control+1');
  await page.keyboard.press('Control+-');
  await settle(page);
  await page.keyboard.press('f');
  const zoom = Number.parseFloat(await page.getByRole('spinbutton', { name: /zoom/i }).inputValue()) / 100;
  await hand.drawSquare(SIDE * zoom);
  await page.keyboard.press('Control+1');
  await page.keyboard.press('h');
  await settle(page);
}

/** Work of the page in each frame while the view is dragged to and fro. */
async function panned(page: Page, hand: Hand): Promise<number[]> {
  await page.keyboard.press('h');
  const seen = await watchEvents(page, 'pointermove', () => hand.stroke(circle(0.04)));
  return seen.map(({ work }) => work);
}

async function hover(page: Page, hand: Hand): Promise<number[]> {
  await page.keyboard.press('t');
  const seen = await watchEvents(page, 'pointermove', () => hand.hover(circle(0.3)));
  return seen.map(({ work }) => work);
}

function circle(radius: number): Place[] {
  return Array.from({ length: MOVES }, (_, move) => {
    const turn = (2 * Math.PI * move) / MOVES;
    return [0.5 + radius * Math.sin(turn), 0.5 + radius * Math.cos(turn)];
  });
}

import type { Page } from '@playwright/test';
import { ask, candidates, PATIENT } from '../../test/e2e/support/steps.ts';
import type { Row } from '../report.ts';
import { dab, Hand } from './hand.ts';
import { settle } from './probe.ts';
import { samplesRow } from './rows.ts';
import { brushSize, measureUndo } from './strokes.ts';

const UNDONE = 20; // fills at most

/** Fills small holes all over the picture, and accepts each. */
export async function measureFills(page: Page, count: number): Promise<Row[]> {
  const hand = await Hand.over(page);
  await ask(page, 'Draft', 1);
  await brushSize(page, 120);
  await page.keyboard.press('Control+d');
  const times: number[] = [];
  for (let index = 0; index < count; index++) {
    await hand.stroke(dab(index));
    const started = performance.now();
    await page.keyboard.press('Enter');
    await candidates(page).waitFor(PATIENT);
    times.push(performance.now() - started);
    await page.keyboard.press('Enter');
    await candidates(page).waitFor({ state: 'detached' });
  }
  await settle(page);
  return [
    samplesRow('Draft fill of a small hole: to its candidate', times),
    ...(await measureUndo(page, 'a fill', Math.min(UNDONE, count))),
  ];
}

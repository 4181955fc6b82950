import path from 'node:path';
import type { Page } from '@playwright/test';
import { chooseFile } from '../../test/e2e/support/dialogs.ts';
import { candidates, opened, PATIENT } from '../../test/e2e/support/steps.ts';
import { root, type Tessera } from '../../test/e2e/support/tessera.ts';
import { dab, Hand } from '../editor/hand.ts';

/** How often each thing was done. */
export interface Done {
  strokes: number;
  fills: number;
  undone: number;
  redone: number;
  opened: number;
}

const MOST_OPEN = 3;
const SAMPLES = ['nuthatch.jpg', 'coffee.png', 'rocket.jpg', 'chelsea.png'];

/** What a person does in a long session, one thing after the other, by chance. */
export class Session {
  readonly done: Done = { strokes: 0, fills: 0, undone: 0, redone: 0, opened: 0 };
  private open: string[] = [];
  private readonly tessera: Tessera;
  private readonly next: () => number; // 0 .. 1

  constructor(tessera: Tessera, next: () => number) {
    this.tessera = tessera;
    this.next = next;
  }

  async step(): Promise<void> {
    const { page } = this.tessera;
    const chance = this.next();
    if (this.open.length === 0 || (chance < 0.03 && this.open.length < MOST_OPEN)) await this.openOne();
    else if (chance < 0.05) await this.closeOne();
    else if (chance < 0.16) await this.fill(page);
    else if (chance < 0.4) await this.press(page, 'Control+z', 'undone');
    else if (chance < 0.5) await this.press(page, 'Control+Shift+z', 'redone');
    else await this.stroke(page);
  }

  async closeAll(): Promise<void> {
    while (this.open.length > 0) await this.closeOne();
  }

  private async openOne(): Promise<void> {
    const name = SAMPLES.find((sample) => !this.open.includes(sample))!;
    await chooseFile(this.tessera.app, path.join(root, 'assets', 'samples', name));
    await this.tessera.page.keyboard.press('Control+o');
    await opened(this.tessera.page, name);
    this.open.push(name);
    this.done.opened++;
  }

  /** Unsaved work is given up: the box is answered so. */
  private async closeOne(): Promise<void> {
    const { page } = this.tessera;
    const tabs = page.getByRole('tab', { name: new RegExp(SAMPLES.join('|')) });
    await page.keyboard.press('Control+w');
    this.open.pop();
    if (this.open.length > 0) await opened(page, this.open.at(-1)!);
    else await tabs.first().waitFor({ state: 'detached' });
  }

  private async stroke(page: Page): Promise<void> {
    const hand = await Hand.over(page);
    await hand.stroke(dab(Math.floor(this.next() * 10_000)));
    this.done.strokes++;
  }

  private async fill(page: Page): Promise<void> {
    await page.keyboard.press('Control+d'); // one small hole
    await this.stroke(page);
    await page.keyboard.press('Enter');
    await candidates(page).first().waitFor(PATIENT);
    await page.keyboard.press('Enter');
    await candidates(page).first().waitFor({ state: 'detached' });
    this.done.fills++;
  }

  private async press(page: Page, key: string, what: 'undone' | 'redone'): Promise<void> {
    await page.keyboard.press(key);
    this.done[what]++;
  }
}

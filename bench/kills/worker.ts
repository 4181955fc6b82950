import { setTimeout as wait } from 'node:timers/promises';
import { chooseFile } from '../../test/e2e/support/dialogs.ts';
import { chooseInMenu } from '../../test/e2e/support/menu.ts';
import { ask, candidates, opened, PATIENT } from '../../test/e2e/support/steps.ts';
import type { Tessera } from '../../test/e2e/support/tessera.ts';
import { dab, Hand } from '../editor/hand.ts';

/** What is being done when the program is killed. */
export const TASKS = ['opening', 'strokes', 'held brush', 'polygon', 'fills', 'turns', 'saves'] as const;
export type Task = (typeof TASKS)[number];

/** Somebody at work until they are interrupted. Every step of theirs makes one undo step. */
export class Worker {
  /** When each step was done, ms since 1970. */
  readonly done: number[] = [];
  private readonly tessera: Tessera;
  private readonly next: () => number; // 0 .. 1
  private readonly project: string; // path of the file that is saved to

  constructor(tessera: Tessera, project: string, next: () => number) {
    this.tessera = tessera;
    this.project = project;
    this.next = next;
  }

  /** Opens a picture. */
  async open(file: string, name: string): Promise<void> {
    const { app, page } = this.tessera;
    await chooseFile(app, file);
    await page.keyboard.press('Control+o');
    await opened(page, name);
  }

  /** Works at one thing for ever. Rejects when the program is gone. */
  async work(task: Task): Promise<never> {
    const { app, page } = this.tessera;
    if (task === 'fills') await ask(page, 'Draft', 1);
    if (task === 'saves') await chooseFile(app, this.project);
    const hand = await Hand.over(page);
    if (task === 'held brush' || task === 'polygon') {
      await this.stroke(hand);
      if (task === 'polygon') await choosePolygon(page);
    }
    for (;;) await this.step(task, hand);
  }

  private async step(task: Task, hand: Hand): Promise<void> {
    const { page } = this.tessera;
    switch (task) {
      case 'opening':
      case 'strokes':
        return this.stroke(hand);
      case 'held brush': // no step is done until it is let go
        await hand.press(this.place());
        for (let i = 0; i < 1000; i++) {
          await hand.drag(this.place());
          await wait(20);
        }
        return;
      case 'polygon': // nor until it is closed
        await hand.click(this.place());
        return wait(300);
      case 'fills':
        await this.stroke(hand);
        await page.keyboard.press('Enter');
        await candidates(page).first().waitFor(PATIENT);
        await page.keyboard.press('Enter');
        this.done.push(Date.now());
        return candidates(page).first().waitFor({ state: 'detached' });
      case 'turns':
        await this.stroke(hand);
        await this.turn(await title(page));
        return this.turn(await title(page));
      case 'saves':
        await this.stroke(hand);
        await page.keyboard.press('Control+s');
        return wait(200 + 600 * this.next());
    }
  }

  private async stroke(hand: Hand): Promise<void> {
    await hand.stroke(dab(Math.floor(this.next() * 10_000)));
    this.done.push(Date.now());
    await wait(400 * this.next() ** 2);
  }

  /** A quarter, which takes a while for a large picture. */
  private async turn(before: string | null): Promise<void> {
    const { app, page } = this.tessera;
    await chooseInMenu(app, 'canvas.turn-left');
    await page.waitForFunction(
      (label) => document.querySelector('[role=application]')?.getAttribute('aria-label') !== label,
      before,
      PATIENT,
    );
    this.done.push(Date.now());
  }

  private place(): readonly [number, number] {
    return [0.2 + 0.6 * this.next(), 0.2 + 0.6 * this.next()];
  }
}

async function choosePolygon(page: Tessera['page']): Promise<void> {
  await page.getByRole('toolbar').getByRole('button', { name: 'Polygon', exact: true }).click();
}

/** What the canvas says of itself, its size included. */
function title(page: Tessera['page']): Promise<string | null> {
  return page.getByRole('application').getAttribute('aria-label');
}

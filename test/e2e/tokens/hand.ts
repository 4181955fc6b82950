import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import type { Picture } from '../../../core/pixels/picture.ts';
import { temporaryFolder, type Tessera } from '../support/tessera.ts';
import { exported, PATIENT, showActualSize } from '../support/steps.ts';
import { expect } from '../support/test.ts';
import { openSample } from '../ui/steps.ts';

/** Of the coffee, px; its frame is 60 x 40 tokens of 10 px, and it is shown at 1:1. */
export const SIZE = { width: 600, height: 400 };
export const COLUMNS = 60;
export const UNIT = 10;

/** A cell by its row and column. */
export type Cell = readonly [row: number, column: number];

/** A pointer over the tokens of the coffee. */
export class TokenHand {
  readonly tessera: Tessera;
  readonly page: Page;
  private count = 0;

  private constructor(tessera: Tessera) {
    this.tessera = tessera;
    this.page = tessera.page;
  }

  /** Opens the coffee, and waits until its tokens are known. */
  static async over(tessera: Tessera): Promise<TokenHand> {
    const hand = new TokenHand(tessera);
    await openSample(tessera.page, 'Coffee');
    await showActualSize(tessera.page);
    await tessera.page.getByRole('tab', { name: 'Tokens' }).click();
    await hand.move([1, 1]);
    await expect(hand.inspector.getByText(/^Code \d+$/)).toBeVisible(PATIENT);
    return hand;
  }

  get canvas(): Locator {
    return this.page.getByRole('application');
  }

  /** What is said of the token at the pointer or the keyboard. */
  get inspector(): Locator {
    return this.page.getByRole('region', { name: 'Token', exact: true });
  }

  get undo(): Locator {
    return this.page.getByRole('button', { name: 'Undo', exact: true });
  }

  async choose(tool: string): Promise<void> {
    await this.page.getByRole('toolbar').getByRole('button', { name: tool, exact: true }).click();
  }

  async move([row, column]: Cell, steps = 1): Promise<void> {
    const box = (await this.canvas.boundingBox())!;
    const x = box.x + box.width / 2 + (column + 0.5) * UNIT - SIZE.width / 2;
    const y = box.y + box.height / 2 + (row + 0.5) * UNIT - SIZE.height / 2;
    await this.page.mouse.move(x, y, { steps });
  }

  /** A gesture through cells, with keys held from its beginning to its end. */
  async drag(cells: readonly Cell[], keys: readonly string[] = []): Promise<void> {
    const { mouse, keyboard } = this.page;
    for (const key of keys) await keyboard.down(key);
    await this.move(cells[0]!);
    await mouse.down();
    for (const cell of cells.slice(1)) await this.move(cell, 6);
    await mouse.up();
    for (const key of keys) await keyboard.up(key);
  }

  /** The code that is said to be at a cell. */
  async codeAt(cell: Cell): Promise<number> {
    await this.move(cell);
    await expect(this.inspector).toContainText(`row ${cell[0]}`);
    const text = await this.inspector.getByText(/^Code \d+$/).innerText();
    return Number(text.replace(/\D/g, ''));
  }

  /** What is seen, as it would be exported. */
  async picture(): Promise<Picture> {
    return exported(this.tessera, path.join(temporaryFolder(), `picture-${this.count++}.png`));
  }

  /** The gesture has become a step of the history. */
  async settled(): Promise<void> {
    await expect(this.undo).toBeEnabled(PATIENT);
  }

  async undoAll(): Promise<void> {
    await this.canvas.focus();
    await this.page.keyboard.press('Control+z');
    await expect(this.undo).toBeDisabled();
  }
}

/** The cells in which two pictures differ, ascending. */
export function cellsChanged(a: Picture, b: Picture): number[] {
  const cells = new Set<number>();
  for (let i = 0; i < a.data.length; i += 4) {
    if ([0, 1, 2, 3].every((channel) => a.data[i + channel] === b.data[i + channel])) continue;
    const [x, y] = [(i / 4) % a.width, Math.floor(i / 4 / a.width)];
    cells.add(Math.floor(y / UNIT) * COLUMNS + Math.floor(x / UNIT));
  }
  return [...cells].sort((a, b) => a - b);
}

/** The cells between two corners, ascending. */
export function cellsBetween([top, left]: Cell, [bottom, right]: Cell): number[] {
  const cells: number[] = [];
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) cells.push(row * COLUMNS + column);
  }
  return cells;
}

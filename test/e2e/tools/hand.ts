import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import type { Mask } from '../../../core/pixels/masks/mask.ts';
import type { Picture } from '../../../core/pixels/picture.ts';
import { readMask } from '../../../electron/io/masks.ts';
import { readPicture } from '../../../electron/io/readPicture.ts';
import { writePicture } from '../../../electron/io/writePicture.ts';
import { chooseFile } from '../support/dialogs.ts';
import { chooseInMenu } from '../support/menu.ts';
import { showActualSize } from '../support/steps.ts';
import { temporaryFolder, type Tessera } from '../support/tessera.ts';
import { expect } from '../support/test.ts';

export const SIZE = { width: 320, height: 240 };

/** Two red squares on grey that is a little lighter to the right: 40 px from (40, 40), and from (200, 120). */
const SQUARES = [
  { x: 40, y: 40 },
  { x: 200, y: 120 },
];
const SIDE = 40;

type At = readonly [number, number]; // document px

/** A pointer over a small picture, which it has shown at 1:1 in the middle of the canvas. */
export class Hand {
  readonly tessera: Tessera;
  readonly page: Page;
  private isActualSize = false;

  constructor(tessera: Tessera) {
    this.tessera = tessera;
    this.page = tessera.page;
  }

  get canvas(): Locator {
    return this.page.getByRole('application');
  }

  /** Where a place of the document lies in the window, while nothing was panned or zoomed. */
  async screen([x, y]: At): Promise<[number, number]> {
    if (!this.isActualSize) await showActualSize(this.page);
    this.isActualSize = true;
    const box = (await this.canvas.boundingBox())!;
    return [box.x + box.width / 2 + x - SIZE.width / 2, box.y + box.height / 2 + y - SIZE.height / 2];
  }

  /** A gesture through places, with keys held from its beginning to its end. */
  async drag(
    places: readonly At[],
    options: { keys?: readonly string[]; button?: 'middle' | 'right' } = {},
  ): Promise<void> {
    const { keys = [], button = 'left' } = options;
    const { mouse, keyboard } = this.page;
    for (const key of keys) await keyboard.down(key);
    await this.move(places[0]!);
    await mouse.down({ button });
    for (const place of places.slice(1)) await this.move(place, 6);
    await mouse.up({ button });
    for (const key of keys) await keyboard.up(key);
  }

  async move(place: At, steps = 1): Promise<void> {
    await this.page.mouse.move(...(await this.screen(place)), { steps });
  }

  async click(place: At): Promise<void> {
    await this.drag([place]);
  }

  async choose(tool: string): Promise<void> {
    await this.page.getByRole('toolbar').getByRole('button', { name: tool, exact: true }).click();
  }

  /** What is selected, as the mask that would be exported; null where nothing is. */
  async selection(): Promise<Mask | null> {
    const file = path.join(temporaryFolder(), 'mask.png');
    await chooseFile(this.tessera.app, file);
    await chooseInMenu(this.tessera.app, 'file.export-mask');
    const done = this.page.getByText('Exported mask.png');
    const none = this.page.getByText('Nothing is selected');
    await expect(done.or(none).first()).toBeVisible();
    const found = await done.isVisible();
    await this.page.getByRole('button', { name: 'Close this message' }).click();
    await expect(done.or(none)).toHaveCount(0);
    return found ? await readMask(file, SIZE) : null;
  }
}

/** The values of a mask at some places. */
export function values(mask: Mask | null, places: readonly At[]): (number | null)[] {
  return places.map(([x, y]) => (mask ? mask.data[y * mask.width + x]! : null));
}

/** Writes the picture with the two squares, and says where. */
export async function squaresFile(): Promise<string> {
  const file = path.join(temporaryFolder(), 'squares.png');
  await writePicture(file, squares());
  return file;
}

function squares(): Picture {
  const { width, height } = SIZE;
  const data = new Uint8Array(width * height * 4);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 4) {
      const red = SQUARES.some((one) => x >= one.x && y >= one.y && x < one.x + SIDE && y < one.y + SIDE);
      const grey = 90 + Math.floor(x / 16);
      data.set(red ? [210, 30, 30, 255] : [grey, grey, grey, 255], i);
    }
  }
  return { width, height, data };
}

export async function pixelsOf(file: string): Promise<Picture> {
  return (await readPicture(file)).picture;
}

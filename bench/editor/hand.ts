import { setTimeout as wait } from 'node:timers/promises';
import type { CDPSession, Page } from '@playwright/test';

const BETWEEN = 8; // ms between two reports of a common mouse

/** A place on the canvas: shares of its width and height. */
export type Place = readonly [number, number];

/** A mouse whose events come as they do from a person: whether or not the last was answered. */
export class Hand {
  private readonly session: CDPSession;
  private readonly canvas: { x: number; y: number; width: number; height: number };

  private constructor(session: CDPSession, canvas: Hand['canvas']) {
    this.session = session;
    this.canvas = canvas;
  }

  static async over(page: Page): Promise<Hand> {
    const canvas = await page.getByRole('application').boundingBox();
    if (canvas === null) throw new Error('No picture is shown.');
    return new Hand(await page.context().newCDPSession(page), canvas);
  }

  /** One stroke through places. `pace` is how it is drawn: as by a person, or as fast as it goes. */
  async stroke(places: readonly Place[], pace: 'person' | 'fast' = 'person'): Promise<void> {
    const [first, ...rest] = places;
    const last = places.at(-1);
    if (first === undefined || last === undefined) return;
    const sent: Promise<void>[] = [];
    const send = (...event: Parameters<Hand['send']>): void => {
      const one = this.send(...event);
      one.catch(() => undefined); // it may fail before all are waited for
      sent.push(one);
    };
    send('mouseMoved', first, false);
    send('mousePressed', first);
    for (const place of rest) {
      if (pace === 'person') await wait(BETWEEN);
      send('mouseMoved', place);
    }
    if (pace === 'person') await wait(BETWEEN);
    send('mouseReleased', last, false);
    await Promise.all(sent);
  }

  async move(place: Place): Promise<void> {
    await this.send('mouseMoved', place, false);
  }

  /** Holds the button down, for {@link drag}. */
  async press(place: Place): Promise<void> {
    await this.move(place);
    await this.send('mousePressed', place);
  }

  async drag(place: Place): Promise<void> {
    await this.send('mouseMoved', place);
  }

  async click(place: Place): Promise<void> {
    await this.press(place);
    await this.send('mouseReleased', place, false);
  }

  /** Moves through places with no button held, as a person does. */
  async hover(places: readonly Place[]): Promise<void> {
    const sent: Promise<void>[] = [];
    for (const place of places) {
      sent.push(this.move(place));
      await wait(BETWEEN);
    }
    await Promise.all(sent);
  }

  /** Drags a square out around the middle, with a side in CSS px. */
  async drawSquare(side: number): Promise<void> {
    const { width, height } = this.canvas;
    const [x, y] = [side / 2 / width, side / 2 / height];
    await this.stroke([
      [0.5 - x, 0.5 - y],
      [0.5, 0.5],
      [0.5 + x, 0.5 + y],
    ]);
  }

  private async send(
    type: 'mouseMoved' | 'mousePressed' | 'mouseReleased',
    [x, y]: Place,
    held = true,
  ): Promise<void> {
    const { canvas, session } = this;
    const button = held || type === 'mouseReleased' ? 'left' : 'none';
    const buttons = held ? 1 : 0;
    await session.send('Input.dispatchMouseEvent', {
      type,
      x: canvas.x + x * canvas.width,
      y: canvas.y + y * canvas.height,
      button,
      buttons,
      clickCount: type === 'mouseMoved' ? 0 : 1,
    });
  }
}

/** A short stroke at one of many places, spread evenly over the picture (the R2 sequence), so that each selects something new. */
export function dab(index: number): Place[] {
  const x = 0.22 + 0.56 * ((index * 0.7548776662) % 1);
  const y = 0.16 + 0.68 * ((index * 0.569840291) % 1);
  return [
    [x, y],
    [x + 0.006, y + 0.003],
    [x + 0.012, y],
  ];
}

import type { Page } from '@playwright/test';
import type { Row } from '../report.ts';
import { cpuTime } from './cpu.ts';
import { dab, Hand, type Place } from './hand.ts';
import { longestTask, type Seen, settle, watchEvents } from './probe.ts';
import { figureRow, ratioRow, samplesRow } from './rows.ts';

const MOVES = 120; // of a long stroke
const LONG_STROKES = 3;
const STROKES = [1, 500, 2000];
const AT_ONCE = 25; // strokes
const TIMES = 20;

/** Strokes that ended. */
interface Ups {
  readonly strokes: number; // before each
  readonly seen: readonly Seen[];
  readonly cpu: readonly number[]; // ms: of each with all that follows it, and of taking it back
  readonly longest: readonly number[]; // ms: of each stroke the longest task, until all that follows it is done
}

/** How closely the brush follows the pointer, and what the end of a stroke, undo and redo cost. */
export async function measureStrokes(page: Page): Promise<Row[]> {
  const hand = await Hand.over(page);
  await brushSize(page, 240);
  let brushing: readonly Seen[] = [];
  const brushCpu = await cpuTime(page, async () => {
    brushing = await measureBrush(page, hand);
  });
  await brushSize(page, 120);
  const ups: Ups[] = [];
  for (const [index, strokes] of STROKES.entries()) {
    await paint(page, hand, STROKES[index - 1] ?? 0, strokes);
    ups.push(await measureUps(page, hand, strokes));
  }
  return [
    samplesRow('brush: pointer to paint', brushing.flatMap(latencies)),
    samplesRow('brush: work in a frame', brushing.map(workOf)),
    figureRow('brush: CPU of the page in a frame, mean', brushCpu / brushing.length, 'ms'),
    ...ups.flatMap((some) => rowsOf(some, ups[0]!)),
    ...(await measureUndo(page, 'a stroke', TIMES)),
  ];
}

/** What it costs to end a stroke while there are so many, and how that is to the cost with fewest. */
function rowsOf(ups: Ups, fewest: Ups): Row[] {
  const what = `pointer up, ${ups.strokes} stroke${ups.strokes === 1 ? '' : 's'}`;
  const work = ups.seen.map(workOf);
  const rows = [
    samplesRow(`${what}: to paint`, ups.seen.flatMap(latencies)),
    samplesRow(`${what}: work`, work),
    samplesRow(`${what}: CPU of the page, with what follows and undo`, ups.cpu),
    samplesRow(`${what}: longest task`, ups.longest),
  ];
  if (ups === fewest) return rows;
  return [
    ...rows,
    ratioRow(`${what} over ${fewest.strokes}: work`, work, fewest.seen.map(workOf)),
    ratioRow(`${what} over ${fewest.strokes}: CPU of the page`, ups.cpu, fewest.cpu),
  ];
}

/** Undo and redo of what was done last, step by step. */
export async function measureUndo(page: Page, what: string, times: number): Promise<Row[]> {
  const undone = await pressed(page, 'Control+z', times);
  const redone = await pressed(page, 'Control+Shift+z', times);
  return [samplesRow(`undo ${what}: to paint`, undone), samplesRow(`redo ${what}: to paint`, redone)];
}

export async function brushSize(page: Page, size: number): Promise<void> {
  const field = page.getByRole('spinbutton', { name: 'Size, px' });
  await field.fill(String(size));
  await field.press('Enter');
  await page.getByRole('application').focus();
}

async function measureBrush(page: Page, hand: Hand): Promise<Seen[]> {
  return watchEvents(page, 'pointermove', async () => {
    for (let index = 0; index < LONG_STROKES; index++) await hand.stroke(curve(index));
  });
}

/** A stroke to and fro over most of the picture. */
function curve(index: number): Place[] {
  return Array.from({ length: MOVES }, (_, move) => {
    const turn = (2 * Math.PI * move) / MOVES;
    return [0.5 + 0.25 * Math.sin(turn + index), 0.5 + 0.3 * Math.sin(2 * turn + index)];
  });
}

/** Each of these strokes is taken back, so that their number stays. */
async function measureUps(page: Page, hand: Hand, strokes: number): Promise<Ups> {
  const seen: Seen[] = [];
  const cpu: number[] = [];
  const longest: number[] = [];
  for (let index = 0; index < TIMES; index++) {
    const spent = await cpuTime(page, async () => {
      seen.push(...(await watchEvents(page, 'pointerup', () => hand.stroke(dab(strokes + index)))));
      longest.push(await longestTask(page));
      await page.keyboard.press('Control+z');
      await settle(page);
    });
    cpu.push(spent);
  }
  return { strokes, seen, cpu, longest };
}

/** Paints as many strokes as are missing, a few at a time. */
async function paint(page: Page, hand: Hand, from: number, to: number): Promise<void> {
  for (let index = from; index < to; index += AT_ONCE) {
    const batch = Array.from({ length: Math.min(AT_ONCE, to - index) }, (_, i) => dab(index + i));
    for (const places of batch) await hand.stroke(places, 'fast');
    await settle(page);
  }
}

async function pressed(page: Page, keys: string, times: number): Promise<number[]> {
  const key = keys.split('+').at(-1)!;
  const samples: number[] = [];
  for (let index = 0; index < times; index++) {
    const seen = await watchEvents(page, 'keydown', () => page.keyboard.press(keys));
    const last = seen.at(-1); // before it come Control and Shift
    if (!last) throw new Error(`The window did not see ${key}.`);
    samples.push(...latencies(last));
  }
  return samples;
}

function latencies({ made, painted }: Seen): number[] {
  return made.map((time) => painted - time);
}

function workOf({ work }: Seen): number {
  return work;
}

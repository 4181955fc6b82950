import type { Terminal } from './terminal.ts';

/** How far a piece of work is. */
export interface Progress {
  readonly label: string; // what is being done
  readonly done: number;
  readonly total: number;
  readonly unit?: 'steps' | '%'; // what is counted; of a hundred where it is %
}

/** A line that is redrawn in place on a terminal, and nothing at all anywhere else. */
export interface ProgressBar {
  show(progress: Progress): void;
  /** Takes the line away, so that ordinary output can follow. */
  clear(): void;
}

const REDRAW = 80; // ms; faster only flickers
const ERASE_LINE = '\r\u001b[K';
const BAR = { min: 6, max: 30 }; // characters

/** @param now milliseconds; injected for tests */
export function progressBar(terminal: Terminal, now: () => number = () => performance.now()): ProgressBar {
  if (!terminal.interactive) return { show: () => undefined, clear: () => undefined };
  let label = '';
  let first: { readonly time: number; readonly done: number } | null = null; // when steps began to be done
  let drawn = -Infinity;
  let visible = false;

  /** Milliseconds that remain if steps go on as they went since the first one; what came before it is no measure. */
  function timeLeft({ done, total }: Progress, time: number): number | null {
    if (done === 0) return null;
    first ??= { time, done };
    return done > first.done ? ((time - first.time) / (done - first.done)) * (total - done) : null;
  }

  return {
    show(progress) {
      const time = now();
      if (progress.label !== label) {
        label = progress.label;
        first = null;
        drawn = -Infinity;
      }
      const left = timeLeft(progress, time);
      if (time - drawn < REDRAW && progress.done < progress.total) return;
      drawn = time;
      visible = true;
      terminal.err(ERASE_LINE + formatProgress(progress, left, terminal.columns));
    },
    clear() {
      if (visible) terminal.err(ERASE_LINE);
      visible = false;
      label = '';
    },
  };
}

/**
 * One line such as `photo.jpg  [#####-----]  5/10 steps  0:03 left`, never as wide as the terminal.
 *
 * @param left milliseconds that remain, where that is known
 */
export function formatProgress(progress: Progress, left: number | null, columns: number): string {
  const { done, total } = progress;
  const counted = progress.unit === '%' ? `${Math.floor(done)} %` : `${done}/${total} steps`;
  const counts = `${counted}${left === null ? '' : `  ${formatClock(left)} left`}`;
  const room = columns - 1; // a line that fills the last column wraps on some terminals
  const label = shorten(progress.label, Math.max(0, room - counts.length - 2));
  const free = room - label.length - counts.length - 6;
  const bar = free < BAR.min ? '' : `[${drawBar(done / Math.max(total, 1), Math.min(free, BAR.max))}]`;
  return [label, bar, counts]
    .filter((part) => part !== '')
    .join('  ')
    .slice(0, Math.max(room, 0));
}

/** Minutes and seconds, and hours where there are any: 0:03, 12:40, 1:02:03. */
export function formatClock(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

function drawBar(share: number, width: number): string {
  const filled = Math.round(Math.min(Math.max(share, 0), 1) * width);
  return '#'.repeat(filled) + '-'.repeat(width - filled);
}

function shorten(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(width - 3, 0))}...`.slice(0, width);
}

import { decimalText, regionalLocale } from '../../state/texts.svelte.ts';

/** A duration as people read it: '0.4 s', '12 s', '2 min 5 s', '1 h 3 min'. */
export function durationText(ms: number): string {
  if (ms < 9950) return `${decimalText(Math.max(0, ms) / 1000, 1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/**
 * How long is left of work whose steps went evenly so far, ms; null while nothing can be said.
 *
 * @param share what of the whole work the steps are, 0 .. 1
 */
export function remaining(elapsed: number, done: number, total: number, share = 1): number | null {
  return done <= 0 ? null : Math.max(0, (elapsed * total) / done / share - elapsed);
}

/** When something happened: '14:05' today, 'yesterday, 14:05', or '3 May, 14:05'. Times are ms since 1970. */
export function momentText(at: number, now: number, locale = regionalLocale()): string {
  const time = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' }).format(at);
  const days = Math.round((startOfDay(now) - startOfDay(at)) / 86_400_000);
  if (days === 0) return time;
  if (days === 1) return `yesterday, ${time}`;
  return `${new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long' }).format(at)}, ${time}`;
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

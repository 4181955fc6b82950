/** Codes side by side in rows that fill a width. */
export interface Layout {
  readonly count: number;
  readonly columns: number;
  readonly width: number; // CSS px of a row
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** As many to a row as fit, of at least `least` px each. */
export function rowsOf(count: number, width: number, least: number): Layout {
  return { count, width, columns: Math.max(1, Math.floor(width / least)) };
}

/** The side of a code's square, CSS px; no whole number, so that rows end where the panel does. */
export function sideOf({ width, columns }: Layout): number {
  return width / columns;
}

export function heightOf(layout: Layout): number {
  return Math.ceil(Math.ceil(layout.count / layout.columns) * sideOf(layout));
}

export function boxAt(layout: Layout, index: number): Box {
  const side = sideOf(layout);
  const x = (index % layout.columns) * side;
  return { x, y: Math.floor(index / layout.columns) * side, width: side, height: side };
}

/** Which place lies at a point, CSS px from the first one's corner; null beside all of them. */
export function indexAt(layout: Layout, x: number, y: number): number | null {
  const side = sideOf(layout);
  const column = Math.floor(x / side);
  if (x < 0 || y < 0 || column >= layout.columns) return null;
  const index = Math.floor(y / side) * layout.columns + column;
  return index < layout.count ? index : null;
}

/** Where a key goes from a place; null for keys that go nowhere. `page` is what PageDown passes, in rows. */
export function moved({ count, columns }: Layout, from: number, key: string, page: number): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: 1,
    ArrowLeft: -1,
    ArrowDown: columns,
    ArrowUp: -columns,
    PageDown: page * columns,
    PageUp: -page * columns,
  };
  if (count === 0) return null;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const step = steps[key];
  if (step === undefined) return null;
  const to = from + step;
  if (to >= 0 && to < count) return to;
  // Along a row the ends are the ends; across rows one stays in the column.
  if (Math.abs(step) === 1) return from;
  const column = from % columns;
  const last = column + columns * Math.floor((count - 1 - column) / columns);
  return step > 0 ? last : column;
}

/** How far a list is scrolled so that a box of it can be seen; CSS px. */
export function scrolledTo(box: Box, scrolled: number, view: number): number {
  return Math.min(box.y, Math.max(scrolled, box.y + box.height - view));
}

const PAUSE = 1000; // ms after which another number begins

/** Gathers digits that are typed one after the other; each call gives the number so far. */
export function digitTyping(now: () => number): (digit: string) => number {
  let typed = '';
  let at = -Infinity;
  return (digit) => {
    const time = now();
    typed = time - at > PAUSE ? digit : typed + digit;
    at = time;
    return Number(typed);
  };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

interface Box extends Size {
  readonly left: number;
  readonly top: number;
}

const GAP = 6; // px between a thing and what is shown beside it
const EDGE = 8; // px left free at the window's edge

/** Where something goes so that it stands below or right of `anchor`, on the other side where there is no room; CSS px. */
export function besides(
  anchor: Box,
  size: Size,
  window: Size,
  side: 'below' | 'right',
): { x: number; y: number } {
  if (side === 'right') {
    const right = anchor.left + anchor.width + GAP;
    const fits = right + size.width + EDGE <= window.width;
    const x = fits ? right : anchor.left - GAP - size.width;
    return {
      x: inside(x, size.width, window.width),
      y: centred(anchor.top, anchor.height, size.height, window.height),
    };
  }
  const below = anchor.top + anchor.height + GAP;
  const fits = below + size.height + EDGE <= window.height;
  const y = fits ? below : anchor.top - GAP - size.height;
  return {
    x: centred(anchor.left, anchor.width, size.width, window.width),
    y: inside(y, size.height, window.height),
  };
}

/** The same for menus: their left edges meet, or their right ones where the window ends. */
export function under(anchor: Box, size: Size, window: Size): { x: number; y: number } {
  const { y } = besides(anchor, size, window, 'below');
  const fits = anchor.left + size.width + EDGE <= window.width;
  const x = fits ? anchor.left : anchor.left + anchor.width - size.width;
  return { x: inside(x, size.width, window.width), y };
}

/** The same for a menu at a point: right of it and below, or on the other side where there is no room. */
export function at({ x, y }: { x: number; y: number }, size: Size, window: Size): { x: number; y: number } {
  const along = (start: number, length: number, limit: number): number =>
    inside(start + length + EDGE <= limit ? start : start - length, length, limit);
  return { x: along(x, size.width, window.width), y: along(y, size.height, window.height) };
}

function centred(start: number, length: number, size: number, limit: number): number {
  return inside(start + (length - size) / 2, size, limit);
}

function inside(start: number, size: number, limit: number): number {
  return Math.round(Math.max(EDGE, Math.min(start, limit - EDGE - size)));
}

import type { Frame } from './frame.ts';

/** Whether two frames are the same cells of the same pixels. */
export function sameFrame(a: Frame, b: Frame): boolean {
  return (
    a === b ||
    (a.columns === b.columns &&
      a.rows === b.rows &&
      a.rect.x === b.rect.x &&
      a.rect.y === b.rect.y &&
      a.rect.width === b.rect.width &&
      a.rect.height === b.rect.height)
  );
}

import { sameRect } from '../base/geometry.ts';
import type { Frame } from './frame.ts';

/** Whether two frames are the same cells of the same pixels. */
export function sameFrame(a: Frame, b: Frame): boolean {
  return a === b || (a.columns === b.columns && a.rows === b.rows && sameRect(a.rect, b.rect));
}

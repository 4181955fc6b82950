import type { Rect } from '../../../core/base/geometry.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import type { Device } from '../device.ts';

/** Where the original ends and the picture as it is begins, device px; null where they are not side by side. */
export function splitLine({ compare }: Pick<Editor, 'compare'>, { width }: Device): number | null {
  return compare === null || compare === 'original' ? null : Math.round(compare.split * width);
}

/** The parts of an area that lie left and right of an upright line; one of them may be empty. */
export function splitArea(area: Rect, line: number): { left: Rect; right: Rect } {
  const end = area.x + area.width;
  const at = Math.min(end, Math.max(area.x, line));
  return { left: { ...area, width: at - area.x }, right: { ...area, x: at, width: end - at } };
}

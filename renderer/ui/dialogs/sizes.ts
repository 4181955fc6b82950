import type { Rect, Size } from '../../../core/base/geometry.ts';
import { MAX_CANVAS_PIXELS } from '../../../core/base/limits.ts';

export function isTooLarge({ width, height }: Size): boolean {
  return width * height > MAX_CANVAS_PIXELS;
}

/** A size of the same shape whose one side is given, whole px. */
export function keptShape({ width, height }: Size, side: keyof Size, value: number): Size {
  return side === 'width'
    ? { width: value, height: Math.max(1, Math.round((value * height) / width)) }
    : { width: Math.max(1, Math.round((value * width) / height)), height: value };
}

/** Where the picture stays on a canvas of another size: 0 left or top, 0.5 in the middle, 1 right or bottom. */
export interface Anchor {
  readonly x: 0 | 0.5 | 1;
  readonly y: 0 | 0.5 | 1;
}

export const ANCHORS: readonly (Anchor & { readonly label: string })[] = [
  { x: 0, y: 0, label: 'upper left' },
  { x: 0.5, y: 0, label: 'top' },
  { x: 1, y: 0, label: 'upper right' },
  { x: 0, y: 0.5, label: 'left' },
  { x: 0.5, y: 0.5, label: 'middle' },
  { x: 1, y: 0.5, label: 'right' },
  { x: 0, y: 1, label: 'lower left' },
  { x: 0.5, y: 1, label: 'bottom' },
  { x: 1, y: 1, label: 'lower right' },
];

export const SIDE_TITLES = { width: 'width', height: 'height' } as const;

/** The canvas of another size, document px, on which the picture stays at its anchor. */
export function anchored(canvas: Rect, { width, height }: Size, anchor: Anchor): Rect {
  return {
    x: canvas.x - Math.floor((width - canvas.width) * anchor.x),
    y: canvas.y - Math.floor((height - canvas.height) * anchor.y),
    width,
    height,
  };
}

import { cornersOf, type CropFrame } from '../../../core/document/remake/cropFrame.ts';
import type { Point, View } from '../../state/view.svelte.ts';
import { handleOf, HANDLES } from '../../tools/frame/handles.ts';
import type { Colours } from '../theme.svelte.ts';
import { drawHandle } from './handle.ts';
import { SHADE } from './outline.ts';

/** The border of a frame that may stand askew, with its eight handles. */
export function drawAskew(
  context: CanvasRenderingContext2D,
  frame: CropFrame,
  view: View,
  colours: Pick<Colours, 'accent' | 'onAccent'>,
): void {
  context.beginPath();
  trace(
    context,
    cornersOf(frame).map((corner) => view.toScreen(corner)),
  );
  context.strokeStyle = SHADE;
  context.lineWidth = 3;
  context.stroke();
  context.strokeStyle = colours.accent;
  context.lineWidth = 1.5;
  context.stroke();
  for (const edges of HANDLES) drawHandle(context, view.toScreen(handleOf(frame, edges)), colours);
}

/** Adds a closed line through points, CSS px, to the path. */
export function trace(context: CanvasRenderingContext2D, corners: readonly Point[]): void {
  for (const [index, { x, y }] of corners.entries()) {
    if (index === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
  context.closePath();
}

/** An angle as a label goes on with it: ', 12.5°'; nothing for 0. */
export function angleSuffix(degrees: number): string {
  return degrees === 0 ? '' : `, ${Number(degrees.toFixed(1))}°`;
}

import type { Frame } from '../../../core/frames/frame.ts';
import type { Rect } from '../../../core/base/geometry.ts';
import { isEmptyRect } from '../../../core/base/geometry.ts';
import type { Device } from '../device.ts';
import { cellsWithin, latticeOf, linesOpacity, sideOnScreen } from './lattice.ts';

const SHADE = 'rgb(0 0 0 / 0.34)';
const LIGHT = 'rgb(255 255 255 / 0.34)';

/** The lines between the tokens that lie in an area (device px): light beside dark, so that they are seen on any picture. */
export function drawGrid(context: CanvasRenderingContext2D, frame: Frame, device: Device, area: Rect): void {
  const opacity = linesOpacity(sideOnScreen(frame, device));
  const seen = cellsWithin(frame, device, area);
  if (opacity === 0 || isEmptyRect(seen)) return;
  const width = Math.max(1, Math.round(device.ratio)); // device px
  context.save();
  context.globalAlpha = opacity;
  context.fillStyle = SHADE;
  drawLines(context, frame, device, seen, width, 0);
  context.fillStyle = LIGHT;
  drawLines(context, frame, device, seen, width, width);
  context.restore();
}

/** Each line is a rectangle of whole px: without a graphics card, one path of all of them takes several times as long. */
function drawLines(
  context: CanvasRenderingContext2D,
  frame: Frame,
  device: Device,
  seen: Rect,
  width: number, // device px
  shift: number, // device px
): void {
  const { x, y } = latticeOf(frame, device);
  const [left, top] = [x(seen.x), y(seen.y)];
  const [across, down] = [x(seen.x + seen.width) - left, y(seen.y + seen.height) - top];
  for (let i = seen.x; i <= seen.x + seen.width; i++) context.fillRect(x(i) + shift, top, width, down);
  for (let i = seen.y; i <= seen.y + seen.height; i++) context.fillRect(left, y(i) + shift, across, width);
}

import type { Frame } from '../../../core/frames/frame.ts';
import type { Rect } from '../../../core/pixels/picture.ts';
import { isEmptyRect } from '../../../core/pixels/rect.ts';
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
  context.fill(lines(frame, device, seen, width, 0));
  context.fillStyle = LIGHT;
  context.fill(lines(frame, device, seen, width, width));
  context.restore();
}

/** Lines as rectangles of whole px, which need no smoothing. */
function lines(frame: Frame, device: Device, seen: Rect, width: number, shift: number): Path2D {
  const { x, y } = latticeOf(frame, device);
  const [left, top] = [x(seen.x), y(seen.y)];
  const [across, down] = [x(seen.x + seen.width) - left, y(seen.y + seen.height) - top];
  const path = new Path2D();
  for (let column = seen.x; column <= seen.x + seen.width; column++)
    path.rect(x(column) + shift, top, width, down);
  for (let row = seen.y; row <= seen.y + seen.height; row++) path.rect(left, y(row) + shift, across, width);
  return path;
}

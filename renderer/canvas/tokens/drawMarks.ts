import type { Frame } from '../../../core/frames/frame.ts';
import type { Rect } from '../../../core/base/geometry.ts';
import { growRect, intersectRects } from '../../../core/base/geometry.ts';
import type { Device } from '../device.ts';
import { DIFFERS, IS_CHOSEN, PIN, WOULD_CHANGE } from './cellLook.ts';
import type { CellLayer } from './cellLayer.ts';
import { cellsWithin, latticeOf, outlineOf, sideOnScreen } from './lattice.ts';

const DARK = 'rgb(0 0 0 / 0.6)';
const LIGHT = 'rgb(255 255 255 / 0.95)';

/** Draws the pins and the outlines of cells in an area, device px. */
export function drawMarks(
  context: CanvasRenderingContext2D,
  { frame, marks, isMarked }: CellLayer,
  device: Device,
  area: Rect,
  accent: string,
): void {
  if (!isMarked) return;
  const whole = { x: 0, y: 0, width: frame.columns, height: frame.rows };
  const seen = intersectRects(growRect(cellsWithin(frame, device, area), 1), whole); // lines lie on the sides of two
  const { ratio } = device;
  drawOutline(context, outline(marks, DIFFERS | WOULD_CHANGE, frame, device, seen), LIGHT, ratio);
  drawOutline(context, outline(marks, IS_CHOSEN, frame, device, seen), accent, ratio);
  const side = sideOnScreen(frame, device);
  const radius = Math.min(4, Math.max(1.25, side / 6)) * ratio;
  context.fillStyle = LIGHT;
  context.fill(pins(marks, frame, device, seen, radius + ratio));
  context.fillStyle = accent;
  context.fill(pins(marks, frame, device, seen, radius));
}

/** A line between light and dark ones, so that it is seen on any picture and in any theme. */
export function drawOutline(
  context: CanvasRenderingContext2D,
  path: Path2D,
  colour: string,
  ratio: number,
): void {
  context.lineCap = 'square';
  const lines = [
    [4, DARK],
    [3, LIGHT],
    [1.5, colour],
  ] as const;
  for (const [width, style] of lines) {
    context.lineWidth = width * ratio;
    context.strokeStyle = style;
    context.stroke(path);
  }
}

function outline(marks: Uint8Array, mark: number, frame: Frame, device: Device, seen: Rect): Path2D {
  const { x, y } = latticeOf(frame, device);
  const path = new Path2D();
  for (const [column, row, toColumn, toRow] of outlineOf(marks, mark, frame, seen)) {
    path.moveTo(x(column), y(row));
    path.lineTo(x(toColumn), y(toRow));
  }
  return path;
}

/** A dot in the middle of each cell that is pinned. */
function pins(marks: Uint8Array, frame: Frame, device: Device, seen: Rect, radius: number): Path2D {
  const { x, y } = latticeOf(frame, device);
  const path = new Path2D();
  for (let row = seen.y; row < seen.y + seen.height; row++) {
    for (let column = seen.x; column < seen.x + seen.width; column++) {
      if ((marks[row * frame.columns + column]! & PIN) === 0) continue;
      const [across, down] = [(x(column) + x(column + 1)) / 2, (y(row) + y(row + 1)) / 2];
      path.moveTo(across + radius, down);
      path.arc(across, down, radius, 0, 2 * Math.PI);
    }
  }
  return path;
}

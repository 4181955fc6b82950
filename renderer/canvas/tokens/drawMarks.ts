import type { Frame } from '../../../core/frames/frame.ts';
import type { Rect } from '../../../core/pixels/picture.ts';
import { growRect, intersectRects } from '../../../core/pixels/rect.ts';
import type { Device } from '../device.ts';
import { DIFFERS, IS_CHOSEN, PIN } from './cellLook.ts';
import type { CellLayer } from './cellLayer.ts';
import { cellsWithin, latticeOf, outlineOf, sideOnScreen } from './lattice.ts';

const DARK = 'rgb(0 0 0 / 0.7)';
const LIGHT = 'rgb(255 255 255 / 0.95)';

/** Draws the pins and the outlines of cells in an area, device px. */
export function drawMarks(
  context: CanvasRenderingContext2D,
  { frame, marks }: Pick<CellLayer, 'frame' | 'marks'>,
  device: Device,
  area: Rect,
  accent: string,
): void {
  const whole = { x: 0, y: 0, width: frame.columns, height: frame.rows };
  const seen = intersectRects(growRect(cellsWithin(frame, device, area), 1), whole); // lines lie on the sides of two
  const { ratio } = device;
  strokeBoth(context, outline(marks, DIFFERS, frame, device, seen), LIGHT, ratio);
  strokeBoth(context, outline(marks, IS_CHOSEN, frame, device, seen), accent, ratio);
  const side = sideOnScreen(frame, device);
  const radius = Math.min(4, Math.max(1.25, side / 7)) * ratio;
  context.fillStyle = LIGHT;
  context.fill(pins(marks, frame, device, seen, radius + ratio));
  context.fillStyle = accent;
  context.fill(pins(marks, frame, device, seen, radius));
}

/** A line between two darker ones. */
export function strokeBoth(
  context: CanvasRenderingContext2D,
  path: Path2D,
  colour: string,
  ratio: number,
): void {
  context.lineCap = 'square';
  context.lineWidth = 3 * ratio;
  context.strokeStyle = DARK;
  context.stroke(path);
  context.lineWidth = 1.5 * ratio;
  context.strokeStyle = colour;
  context.stroke(path);
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

import type { Frame } from '../../../../core/frames/frame.ts';
import type { Rect } from '../../../../core/base/geometry.ts';
import { uniteRects } from '../../../../core/base/geometry.ts';
import { cellRect } from '../../../../core/frames/cellRects.ts';

const MARGIN = 1.5; // tokens shown on each side

/** A square of the canvas with some cells in its middle, and enough around them to judge what fits; document px. */
export function aroundCells(frame: Frame, cells: readonly number[], canvas: Rect): Rect {
  const cellsAt = cells.map((cell) => cellRect(frame, cell)).reduce(uniteRects);
  const unit = frame.rect.width / frame.columns;
  const wanted = Math.max(cellsAt.width, cellsAt.height) + 2 * MARGIN * unit;
  const side = Math.min(wanted, canvas.width, canvas.height);
  const within = (start: number, least: number, length: number): number =>
    Math.max(least, Math.min(start, least + length - side));
  return {
    x: within(cellsAt.x + (cellsAt.width - side) / 2, canvas.x, canvas.width),
    y: within(cellsAt.y + (cellsAt.height - side) / 2, canvas.y, canvas.height),
    width: side,
    height: side,
  };
}

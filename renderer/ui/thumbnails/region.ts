import type { Frame } from '../../../core/frames/frame.ts';
import type { Rect } from '../../../core/base/geometry.ts';
import { cellRect } from '../../../core/frames/cellRects.ts';
import { uniteRects } from '../../../core/base/geometry.ts';

const SURROUNDINGS = 0.35; // of the shown thing's longer side, on each side of it
const MIN_SIDE = 96; // document px; a smaller thing is shown with what is around it

/**
 * What a thumbnail of this shape shows of a canvas, so that all of `rect` and some of what is around it are in it. It reaches
 * past the canvas only where `rect` has another shape and fills the canvas.
 */
export function regionAround(rect: Rect, canvas: Rect, aspect: number): Rect {
  const side = Math.max(rect.width, rect.height);
  const wanted = {
    width: Math.max(rect.width + 2 * side * SURROUNDINGS, MIN_SIDE),
    height: Math.max(rect.height + 2 * side * SURROUNDINGS, MIN_SIDE),
  };
  const inside = Math.min(
    Math.max(wanted.width, wanted.height * aspect),
    canvas.width,
    canvas.height * aspect,
  );
  const width = Math.max(inside, rect.width, rect.height * aspect);
  const height = width / aspect;
  return {
    x: placed(rect.x + (rect.width - width) / 2, width, canvas.x, canvas.width),
    y: placed(rect.y + (rect.height - height) / 2, height, canvas.y, canvas.height),
    width,
    height,
  };
}

/** Where a length begins so that it stays within another, or in the middle of a shorter one. */
function placed(start: number, length: number, from: number, room: number): number {
  return length > room ? from + (room - length) / 2 : clamp(start, from, from + room - length);
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}

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

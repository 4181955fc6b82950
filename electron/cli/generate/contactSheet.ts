import { fullRect } from '../../../core/base/geometry.ts';
import { paste } from '../../../core/pixels/crop.ts';
import type { Picture } from '../../../core/pixels/picture.ts';
import { toPicture, toPlanes } from '../../../core/pixels/planes.ts';

const GAP = 8; // px, around each picture
const SHEET = 2048; // px, the widest that a sheet of pictures should get

/** Pictures of one size in reading order, as near to a square of rows and columns as their count allows, on white. */
export function contactSheet(pictures: readonly Picture[]): Picture {
  const { width, height } = pictures[0]!;
  const columns = columnsFor(pictures.length);
  const rows = Math.ceil(pictures.length / columns);
  const size = { width: GAP + columns * (width + GAP), height: GAP + rows * (height + GAP) };
  const sheet = { ...size, data: new Uint8Array(4 * size.width * size.height).fill(255) };
  pictures.forEach((picture, i) => {
    const x = GAP + (i % columns) * (width + GAP);
    paste(sheet, picture, x, GAP + Math.floor(i / columns) * (height + GAP));
  });
  return sheet;
}

/** The picture, smaller where a sheet of `count` of them would be too wide. */
export function fittedTo(picture: Picture, count: number): Picture {
  const width = Math.max(1, Math.floor(SHEET / columnsFor(count)) - GAP);
  if (picture.width <= width) return picture;
  const height = Math.max(1, Math.round((picture.height * width) / picture.width));
  return toPicture(toPlanes(picture, fullRect(picture), { width, height }));
}

function columnsFor(count: number): number {
  return Math.ceil(Math.sqrt(count));
}

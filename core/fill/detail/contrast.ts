import { fullRect } from '../../base/geometry.ts';
import { cellBounds, cellsInPicture } from '../../frames/cells.ts';
import type { Frame } from '../../frames/frame.ts';
import type { Picture } from '../../pixels/picture.ts';
import type { DecodedCells } from './features.ts';

/**
 * How loud the detail of known cells is: the standard deviation of picture - decoded over each and a quarter of it around,
 * which is what it lends, in [0, 1] values. One picture px is looked at for each model px, so that it costs the same at
 * every working scale.
 *
 * @param cells flat indices into the frame; they and the eight around them are in `known`
 */
export function loudnessOf(
  picture: Picture,
  frame: Frame,
  known: DecodedCells,
  cells: Int32Array,
): Float32Array {
  return Float32Array.from(cells, (cell) => {
    let sum = 0;
    for (let channel = 0; channel < 3; channel++) sum += varianceAt(picture, frame, known, cell, channel);
    return Math.sqrt(sum / 3);
  });
}

function varianceAt(
  picture: Picture,
  frame: Frame,
  { cells, planes }: DecodedCells,
  cell: number,
  channel: number,
): number {
  const place = cellBounds([cell], frame);
  const rect = cellsInPicture(place, frame);
  const { x: left, y: top } = fullRect(picture);
  const side = planes.width / cells.width; // model px per token
  const scale = rect.width / side; // picture px per model px
  const margin = Math.floor(side / 4);
  const corner = (channel * planes.height + (place.y - cells.y) * side) * planes.width;
  let sum = 0;
  let squares = 0;
  for (let y = -margin; y < side + margin; y++) {
    const row = (rect.y - top + Math.floor((y + 0.5) * scale)) * picture.width + rect.x - left;
    const line = corner + y * planes.width + (place.x - cells.x) * side;
    for (let x = -margin; x < side + margin; x++) {
      const at = row + Math.floor((x + 0.5) * scale);
      const lost = picture.data[4 * at + channel]! / 255 - planes.data[line + x]!;
      sum += lost;
      squares += lost * lost;
    }
  }
  const count = (side + 2 * margin) ** 2;
  return Math.max(0, squares / count - (sum / count) ** 2);
}

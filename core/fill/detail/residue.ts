import { cellBounds, cellsInPicture } from '../../frames/cells.ts';
import type { Frame } from '../../frames/frame.ts';
import type { Picture, Planes } from '../../pixels/picture.ts';
import { fullRect, growRect } from '../../base/geometry.ts';
import { resizePlanes } from '../../pixels/resample.ts';
import { cutPlanes, emptyPlanes, timesRect } from '../../model/slices.ts';
import type { DecodedCells } from './features.ts';

/**
 * What decoding loses at a known cell and `margin` picture px around it: picture - decoded, less its mean in each
 * channel, which shades.ts sees to. The eight cells around it must be known too.
 */
export function residueAt(
  picture: Picture,
  frame: Frame,
  known: DecodedCells,
  cell: number,
  margin: number,
): Planes {
  const { x: left, y: top } = fullRect(picture);
  const place = cellBounds([cell], frame);
  const ring = growRect(place, 1);
  const side = known.planes.width / known.cells.width; // model px per token
  const inKnown = { ...ring, x: ring.x - known.cells.x, y: ring.y - known.cells.y };
  const around = cellsInPicture(ring, frame);
  const decoded = resizePlanes(
    cutPlanes(known.planes, timesRect(inKnown, side)),
    around.width,
    around.height,
  );
  const rect = growRect(cellsInPicture(place, frame), margin);
  const residue = emptyPlanes(rect.width, rect.height);
  const area = rect.width * rect.height;
  for (let channel = 0; channel < 3; channel++) {
    let sum = 0;
    for (let y = 0; y < rect.height; y++) {
      const from = (rect.y - top + y) * picture.width + rect.x - left;
      const at = (channel * around.height + rect.y - around.y + y) * around.width + rect.x - around.x;
      const to = channel * area + y * rect.width;
      for (let x = 0; x < rect.width; x++) {
        const lost = picture.data[4 * (from + x) + channel]! / 255 - decoded.data[at + x]!;
        residue.data[to + x] = lost;
        sum += lost;
      }
    }
    subtract(residue.data, channel * area, area, sum / area);
  }
  return residue;
}

function subtract(data: Float32Array, from: number, length: number, value: number): void {
  for (let i = from; i < from + length; i++) data[i]! -= value;
}

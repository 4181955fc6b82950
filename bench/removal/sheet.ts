import { fullRect, growRect, intersectRects, type Rect } from '../../core/base/geometry.ts';
import { paste } from '../../core/pixels/crop.ts';
import { bounds } from '../../core/pixels/masks/mask.ts';
import type { Picture } from '../../core/pixels/picture.ts';
import { toPicture, toPlanes } from '../../core/pixels/planes.ts';
import { sheet, withHoleShown } from '../quality/sheet.ts';
import type { Key } from './judge.ts';
import type { Result } from './measures.ts';

/** The side of a picture on the sheet, px, and what is seen around the hole, as a share of its larger side. */
const SIDE = 320;
const AROUND = 0.35;

/** A row for each case: the original, the hole, and the fills in the order of the key. */
export function drawSheet(results: readonly Result[], key: Key): Picture {
  return sheet(
    results.map(({ of: { picture, selection }, made }, row) => {
      const hole = bounds(selection)!;
      const margin = Math.round(AROUND * Math.max(hole.width, hole.height));
      const area = intersectRects(growRect(hole, margin), fullRect(picture));
      const fills = key.rows[row]!.order.map((method) => made.find((one) => one.method === method)!.filled);
      return [picture, withHoleShown(picture, selection), ...fills].map((shown) => tile(shown, area));
    }),
  );
}

/** A part of a picture, as large as it fits into a square; never enlarged. */
function tile(picture: Picture, area: Rect): Picture {
  const scale = Math.min(1, SIDE / Math.max(area.width, area.height));
  const size = { width: Math.round(area.width * scale), height: Math.round(area.height * scale) };
  const square = { width: SIDE, height: SIDE, data: new Uint8Array(4 * SIDE * SIDE).fill(255) };
  paste(
    square,
    toPicture(toPlanes(picture, area, size)),
    (SIDE - size.width) >> 1,
    (SIDE - size.height) >> 1,
  );
  return square;
}

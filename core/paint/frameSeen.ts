import type { FrameSeen } from './requests.ts';
import type { Frame } from '../frames/frame.ts';
import type { Raster } from '../raster/raster.ts';
import { intersectRects, isEmptyRect, type Rect, sameRect } from '../base/geometry.ts';
import { differingTiles } from '../raster/tileMap.ts';
import { readRect } from '../raster/flat.ts';
import { regionFor } from '../frames/regionFor.ts';
import { tileRect } from '../raster/tileKey.ts';

/** A frame as the engine is sent it: with the part of a picture that it can see. */
export function seenBy(frame: Frame, picture: Raster): FrameSeen {
  const region = regionSeen(frame, picture.rect);
  return { frame, region, picture: readRect(picture, region) };
}

/** The part of a canvas that decides the tokens of a frame, document px. */
export function regionSeen(frame: Frame, canvas: Rect): Rect {
  const nothing = { ...frame.rect, width: 0, height: 0 };
  return regionFor({ frame, bounds: nothing }, canvas, 0);
}

/** Whether a frame sees the same in two pictures. Pixels are the same where the tile is; cost follows the tiles that are not. */
export function seesSame(frame: Frame, a: Raster, b: Raster): boolean {
  if (a === b) return true;
  const region = regionSeen(frame, a.rect);
  if (!sameRect(region, regionSeen(frame, b.rect))) return false;
  for (const key of differingTiles(a.tiles, b.tiles)) {
    if (!isEmptyRect(intersectRects(tileRect(key), region))) return false;
  }
  return true;
}

import type { Encodable } from './encodings.ts';
import type { EncodedFrame, FrameSeen } from '../../../../core/paint/requests.ts';
import type { Frame } from '../../../../core/frames/frame.ts';
import type { FrameTokens } from '../../../../core/document/document.ts';
import type { Raster } from '../../../../core/raster/raster.ts';
import { type Rect, intersectRects, isEmptyRect } from '../../../../core/base/geometry.ts';
import { ENCODED } from '../../../../core/tokens/provenance.ts';
import { MASK } from '../../../../core/tokens/grid.ts';
import { differingTiles } from '../../../../core/raster/tileMap.ts';
import { readRect } from '../../../../core/raster/flat.ts';
import { regionFor } from '../../../../core/frames/regionFor.ts';
import { tileRect } from '../../../../core/raster/tileKey.ts';

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

function sameRect(a: Rect, b: Rect): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}

/** Whether every token is known. */
export function isComplete({ grid }: FrameTokens): boolean {
  return !grid.ids.includes(MASK);
}

/** What a document knows of the tokens of a frame, and what the tokenizer makes of the rest. */
export function mergedTokens(known: FrameTokens | null, { grid }: EncodedFrame, of: Encodable): FrameTokens {
  const { frame, package: made } = of;
  if (!known) {
    const provenance = Array.from(grid.ids, () => ENCODED);
    return { package: { id: made.id, sha256: made.sha256 }, frame, grid, pins: [], provenance };
  }
  const isKnown = (cell: number): boolean => known.grid.ids[cell] !== MASK;
  const ids = grid.ids.map((id, cell) => (isKnown(cell) ? known.grid.ids[cell]! : id));
  return {
    ...known,
    grid: { ...grid, ids },
    provenance: known.provenance.map((was, cell) => (isKnown(cell) ? was : ENCODED)),
  };
}

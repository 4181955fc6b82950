import type { Abort } from '../base/abort.ts';
import { cellBounds, cellsInPicture, growCells } from '../frames/cells.ts';
import type { Frame } from '../frames/frame.ts';
import { movePlan } from '../frames/movePlan.ts';
import type { FrameSeen } from './requests.ts';
import type { Mask } from '../pixels/masks/mask.ts';
import type { Tokenizer } from '../model/tokenizer.ts';
import { composite } from '../pixels/composite.ts';
import { crop } from '../pixels/crop.ts';
import type { PixelPatch } from '../pixels/patch.ts';
import type { Picture, Planes } from '../pixels/picture.ts';
import type { Rect } from '../base/geometry.ts';
import { fullRect, intersectRects, isEmptyRect, uniteRects } from '../base/geometry.ts';
import { resizePlanes } from '../pixels/resample.ts';
import { decodeRegion, tiled } from '../model/tiling.ts';
import type { TokenGrid } from '../tokens/grid.ts';
import { TILE } from '../fill/tile.ts';
import { nearCells } from './nearCells.ts';

/**
 * Tokens around the painted ones that come along: for the px beside the footprint, and for what enlarging it reads. That
 * they are not decoded with all their own surroundings leaves a px of reach out, where a decoder sees next to nothing.
 */
const RIM = 1;

/** Paints other tokens into the same cells, as often as wanted. */
export interface Painter {
  /** What the picture becomes where `after` has the tokens of the cells; the rest of it is as before. Document px. */
  paint(after: TokenGrid, signal?: Abort): Promise<PixelPatch>;
}

/** Cells near one another, and what the picture is where they lie. */
interface Spot {
  readonly cells: Rect; // tokens, the bounds of the painted ones
  readonly rect: Rect; // px of `picture`, of the cells with their rim
  readonly unit: number; // px per token
  readonly picture: Picture;
  readonly origin: { readonly x: number; readonly y: number }; // of `picture`, px of the region
  readonly painted: Mask; // of the size of `picture`
  reference: Planes | null; // of the size of `rect`, once it is decoded
}

/**
 * A painter of some cells. The picture becomes the decoded tokens in their squares, plus the tokenizer's error, which is
 * known around them as picture - decode(before); beside them not a pixel changes.
 *
 * @param before the tokens that the picture shows
 */
export function createPainter(
  tokenizer: Tokenizer,
  seen: FrameSeen,
  before: TokenGrid,
  cells: readonly number[],
): Painter {
  const { x, y, width, height } = seen.region;
  const { frame } = movePlan({ frame: seen.frame, bounds: seen.region }, -x, -y);
  const picture = { width, height, data: seen.picture };
  const spots = nearCells(cells, frame, tokenizer.tileOverlap)
    .map((group) => spotOf(picture, frame, group))
    .filter((spot) => spot !== null);

  const decode = async (grid: TokenGrid, { cells: part, rect }: Spot, signal?: Abort): Promise<Planes> => {
    const { planes } = await decodeRegion(tiled(tokenizer, TILE), grid, part, signal, RIM);
    return resizePlanes(planes, rect.width, rect.height);
  };

  return {
    async paint(after, signal) {
      const patches: PixelPatch[] = [];
      for (const spot of spots) {
        spot.reference ??= await decode(before, spot, signal);
        patches.push(lay(spot, spot.reference, await decode(after, spot, signal)));
      }
      const { rect, data } = joined(picture, spots, patches);
      return { rect: movedRect(rect, x, y), data };
    },
  };
}

/** Where cells are painted; null outside the picture. */
function spotOf(picture: Picture, frame: Frame, group: readonly number[]): Spot | null {
  const cells = cellBounds(group, frame);
  const rect = cellsInPicture(growCells(cells, RIM, frame), frame);
  const part = intersectRects(rect, fullRect(picture));
  if (isEmptyRect(part)) return null;
  const painted = { width: part.width, height: part.height, data: new Uint8Array(part.width * part.height) };
  for (const cell of group) select(painted, frame, cell, part);
  return {
    cells,
    rect: movedRect(rect, -part.x, -part.y),
    unit: frame.rect.width / frame.columns,
    picture: crop(picture, part),
    origin: part,
    painted,
    reference: null,
  };
}

function select(mask: Mask, frame: Frame, cell: number, origin: { x: number; y: number }): void {
  const square = cellsInPicture(cellBounds([cell], frame), frame);
  const { x, y, width, height } = intersectRects(movedRect(square, -origin.x, -origin.y), fullRect(mask));
  for (let row = y; row < y + height; row++) {
    mask.data.fill(255, row * mask.width + x, row * mask.width + x + width);
  }
}

/** A spot with its cells painted: the patch around them, px of `spot.picture`. */
function lay({ picture, rect, painted, unit }: Spot, reference: Planes, fill: Planes): PixelPatch {
  return composite({ picture, rect, fill, reference, selection: painted, feather: 0, reach: 2 * unit });
}

/** The patches of all spots as one, px of the region. They may overlap, but what is painted in them does not. */
function joined(picture: Picture, spots: readonly Spot[], patches: readonly PixelPatch[]): PixelPatch {
  const rects = patches
    .map(({ rect }, i) => movedRect(rect, spots[i]!.origin.x, spots[i]!.origin.y))
    .filter((rect) => !isEmptyRect(rect));
  if (rects.length === 0) return { rect: { x: 0, y: 0, width: 0, height: 0 }, data: new Uint8Array() };
  const bounds = rects.reduce(uniteRects);
  const whole = crop(picture, bounds);
  patches.forEach((patch, i) => {
    const { origin, painted } = spots[i]!;
    pastePainted(whole, patch, painted, origin.x - bounds.x, origin.y - bounds.y);
  });
  return { rect: bounds, data: whole.data };
}

/** Writes the painted px of a patch into `whole`, in which the patch's spot lies at (x, y). */
function pastePainted(whole: Picture, { rect, data }: PixelPatch, painted: Mask, x: number, y: number): void {
  for (let row = 0; row < rect.height; row++) {
    const at = (rect.y + row) * painted.width + rect.x;
    const to = (rect.y + y + row) * whole.width + rect.x + x;
    for (let column = 0; column < rect.width; column++) {
      if (painted.data[at + column] === 0) continue;
      const from = 4 * (row * rect.width + column);
      for (let c = 0; c < 4; c++) whole.data[4 * (to + column) + c] = data[from + c]!;
    }
  }
}

function movedRect(rect: Rect, dx: number, dy: number): Rect {
  return { ...rect, x: rect.x + dx, y: rect.y + dy };
}

import type { Abort } from '../base/abort.ts';
import { cellBounds, cellsInPicture, growCells } from '../frames/cells.ts';
import type { Frame } from '../frames/frame.ts';
import type { FrameSeen, Suggestion, Suggestions, TokensToPaint, TokensToSuggest } from './requests.ts';
import type { Mask } from '../pixels/masks/mask.ts';
import type { Tokenizer } from '../model/tokenizer.ts';
import { composite } from '../pixels/composite.ts';
import { crop } from '../pixels/crop.ts';
import type { Picture, PixelPatch, Planes } from '../pixels/picture.ts';
import { fullRect, intersectRects, isEmptyRect, type Rect, uniteRects } from '../base/geometry.ts';
import { resizePlanes } from '../pixels/resample.ts';
import { decodeRegion, tiled } from '../model/tiling.ts';
import type { TokenGrid } from '../tokens/grid.ts';
import { nearCells } from './nearCells.ts';
import { nearSighted } from './nearSighted.ts';
import { likelyCodes } from '../sampling/suggest.ts';
import { ledBy } from '../sampling/guidance.ts';
import type { Model } from '../model/model.ts';

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
  readonly rect: Rect; // document px, of the cells with their rim
  readonly unit: number; // document px per token
  readonly picture: Picture; // where `rect` and the region meet
  readonly painted: Mask; // of the same rectangle
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
  const { frame } = seen;
  const picture = { ...seen.region, data: seen.picture };
  const spots = nearCells(cells, frame, tokenizer.tileOverlap)
    .map((group) => spotOf(picture, frame, group))
    .filter((spot) => spot !== null);

  const decode = async (grid: TokenGrid, { cells: part, rect }: Spot, signal?: Abort): Promise<Planes> => {
    const { planes } = await decodeRegion(tiled(tokenizer), grid, part, signal, RIM);
    return resizePlanes(planes, rect.width, rect.height);
  };

  return {
    async paint(after, signal) {
      const patches: PixelPatch[] = [];
      for (const spot of spots) {
        spot.reference ??= await decode(before, spot, signal);
        patches.push(lay(spot, spot.reference, await decode(after, spot, signal)));
      }
      return joined(picture, spots, patches);
    },
  };
}

/** Where cells are painted; null outside the picture. */
function spotOf(picture: Picture, frame: Frame, group: readonly number[]): Spot | null {
  const cells = cellBounds(group, frame);
  const rect = cellsInPicture(growCells(cells, RIM, frame), frame);
  const part = intersectRects(rect, fullRect(picture));
  if (isEmptyRect(part)) return null;
  const painted = { ...part, data: new Uint8Array(part.width * part.height) };
  for (const cell of group) select(painted, frame, cell);
  return {
    cells,
    rect,
    unit: frame.rect.width / frame.columns,
    picture: { ...part, data: crop(picture, part).data },
    painted,
    reference: null,
  };
}

function select(mask: Mask, frame: Frame, cell: number): void {
  const whole = fullRect(mask);
  const { x, y, width, height } = intersectRects(cellsInPicture(cellBounds([cell], frame), frame), whole);
  for (let row = y - whole.y; row < y - whole.y + height; row++) {
    const from = row * mask.width + x - whole.x;
    mask.data.fill(255, from, from + width);
  }
}

/** A spot with its cells painted: the patch around them. */
function lay({ picture, rect, painted, unit }: Spot, reference: Planes, fill: Planes): PixelPatch {
  return composite({ picture, rect, fill, reference, selection: painted, feather: 0, reach: 2 * unit });
}

/** The patches of all spots as one. They may overlap, but what is painted in them does not. */
function joined(picture: Picture, spots: readonly Spot[], patches: readonly PixelPatch[]): PixelPatch {
  const rects = patches.map(({ rect }) => rect).filter((rect) => !isEmptyRect(rect));
  if (rects.length === 0) return { rect: { x: 0, y: 0, width: 0, height: 0 }, data: new Uint8Array() };
  const bounds = rects.reduce(uniteRects);
  const whole = { rect: bounds, data: crop(picture, bounds).data };
  patches.forEach((patch, i) => {
    pastePainted(whole, patch, spots[i]!.painted);
  });
  return whole;
}

/** Writes the painted px of a patch into `whole`. */
function pastePainted(whole: PixelPatch, { rect, data }: PixelPatch, painted: Mask): void {
  const { x, y } = fullRect(painted);
  for (let row = 0; row < rect.height; row++) {
    const at = (rect.y - y + row) * painted.width + rect.x - x;
    const to = (rect.y - whole.rect.y + row) * whole.rect.width + rect.x - whole.rect.x;
    for (let column = 0; column < rect.width; column++) {
      if (painted.data[at + column] === 0) continue;
      const from = 4 * (row * rect.width + column);
      for (let c = 0; c < 4; c++) whole.data[4 * (to + column) + c] = data[from + c]!;
    }
  }
}

/** What the picture becomes with some tokens changed. Throws 'input' where tokens near them are missing, and 'aborted'. */
export async function paintTokens(
  tokenizer: Tokenizer,
  params: Omit<TokensToPaint, 'package'>,
  signal?: Abort,
): Promise<PixelPatch> {
  const { before, after, cells } = params;
  return createPainter(await nearSighted(tokenizer), params, before, cells).paint(after, signal);
}

/** The codes that the model finds likeliest for some cells, and what the picture is with each of them. */
export async function suggestTokens(
  model: Model,
  params: Omit<TokensToSuggest, 'package'>,
  signal?: Abort,
): Promise<Suggestions> {
  const { grid, cells, prompt } = params;
  const { tokenizer } = model;
  const { codes, entropy } = await likelyCodes(params, await ledBy(model, prompt, signal), signal);
  const painter = createPainter(await nearSighted(tokenizer), params, grid, cells);
  const list: Suggestion[] = [];
  for (const { id, probability } of codes) {
    const ids = grid.ids.slice();
    for (const cell of cells) ids[cell] = id;
    list.push({ id, probability, patch: await painter.paint({ ...grid, ids }, signal) });
  }
  return { list, entropy };
}

import type { Abort } from '../base/abort.ts';
import { transferDetail, type Surroundings, surroundings } from './detail/transferDetail.ts';
import { correctColourBias } from './detail/colourBias.ts';
import { cellBounds, cellsInPicture, growCells } from '../frames/cells.ts';
import { composite } from '../pixels/composite.ts';
import type { Picture, PixelPatch, Planes } from '../pixels/picture.ts';
import { resizePlanes } from '../pixels/resample.ts';
import { decodeRegion, tiled } from '../model/tiling.ts';
import { inGrey, tinted, type Tint, tintOf } from './detail/tint.ts';
import type { Tokenizer } from '../model/tokenizer.ts';
import type { TokenGrid } from '../tokens/grid.ts';
import type { FramePlan } from '../frames/planFrames.ts';
import type { Mask } from '../pixels/masks/mask.ts';
import type { Clock } from './clock.ts';
import { type FillParams, type FillPhase, type FrameToFill, pixelsOf } from './params.ts';

/** A frame whose hole is filled, and how what fills it is laid in. */
export interface Composition {
  readonly tokenizer: Tokenizer;
  readonly plan: FramePlan;
  readonly picture: Picture; // what the frame can see
  readonly selection: Mask; // likewise
  readonly hole: readonly number[]; // flat cell indices
  readonly tint: Tint | null; // the colours that the fill keeps to; null for any
  readonly feather: number; // px
  readonly detail: number; // 0 .. 1
  readonly clock: Clock<FillPhase> | null;
}

/** How far around the hole detail is transferred from, tokens. */
const REACH = 12;

/** How fills of a frame are laid in. Hints keep the colours that they are painted in. */
export function compositionOf(
  tokenizer: Tokenizer,
  frame: FrameToFill,
  hole: readonly number[],
  { feather, detail }: Pick<FillParams, 'feather' | 'detail'>,
  clock: Clock<FillPhase> | null,
): Composition {
  const { plan, tokens } = frame;
  const { picture, selection } = pixelsOf(frame);
  const tint = tokens?.pins.length ? null : tintOf(picture, selection, plan.frame.rect);
  return { tokenizer, plan, picture, selection, hole, tint, feather, detail, clock };
}

/** What is known around the hole, decoded, so that it can lend its detail to the fill; null where none is wanted. */
export async function surroundingsOf(
  { tokenizer, plan: { frame }, picture, hole, detail, clock }: Composition,
  known: TokenGrid,
  signal?: Abort,
): Promise<Surroundings | null> {
  if (detail === 0) return null;
  const cells = growCells(cellBounds(hole, frame), REACH, frame);
  const { planes } = await timed(clock, 'decode', () => decodeRegion(tiled(tokenizer), known, cells, signal));
  return timed(clock, 'composite', () =>
    surroundings(picture, frame, Int32Array.from(hole), { cells, planes }),
  );
}

/** Decodes the neighbourhood of the hole and lays it into the picture, as a patch. */
export async function composeFrame(
  { tokenizer, plan, picture, selection, hole, tint, feather, detail, clock }: Composition,
  around: Surroundings | null,
  grid: TokenGrid,
  signal?: Abort,
): Promise<PixelPatch> {
  // One token around the hole: the known pixels beside the selection tell how far off the decoder is there.
  const cells = growCells(cellBounds(hole, plan.frame), 1, plan.frame);
  const rect = cellsInPicture(cells, plan.frame);
  const { planes } = await timed(clock, 'decode', () => decodeRegion(tiled(tokenizer), grid, cells, signal));
  return timed(clock, 'composite', () => {
    const unit = rect.width / cells.width; // picture px per token
    const decoded = resizePlanes(planes, rect.width, rect.height);
    const bias = around && correctColourBias(around.bias, { cells, planes }, plan.frame.columns, unit);
    const fill = bias ? sumOf(decoded, bias) : decoded;
    const transferred = around && transferDetail(around, { cells, planes }, detail);
    return composite({
      picture,
      rect,
      // Before the border is met: a stain that reaches in keeps its colour there.
      fill: tint ? tinted(fill, tint) : fill,
      ...(transferred && { detail: tint ? inGrey(transferred) : transferred }),
      selection,
      feather,
      reach: 2 * unit, // two tokens
      bounds: plan.bounds,
    });
  });
}

function timed<T>(clock: Clock<FillPhase> | null, phase: FillPhase, work: () => T | Promise<T>): Promise<T> {
  return clock ? clock.time(phase, work) : Promise.resolve(work());
}

function sumOf(a: Planes, b: Planes): Planes {
  return { ...a, data: a.data.map((value, i) => value + b.data[i]!) };
}

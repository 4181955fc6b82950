import type { Abort } from '../base/abort.ts';
import { borrowDetail, type Surroundings, surroundings } from './detail/transferDetail.ts';
import { correctShades } from './detail/colourBias.ts';
import { cellBounds, cellsInPicture, growCells } from '../frames/cells.ts';
import { composite } from '../pixels/composite.ts';
import type { PixelPatch } from '../pixels/patch.ts';
import type { Planes } from '../pixels/picture.ts';
import { resizePlanes } from '../pixels/resample.ts';
import { decodeRegion, tiled } from '../model/tiling.ts';
import { inGrey, inTone, type Tone, toneOf } from './detail/tint.ts';
import type { Tokenizer } from '../model/tokenizer.ts';
import type { TokenGrid } from '../tokens/grid.ts';
import type { FillClock, FillSettings, FrameJob } from './fillJob.ts';
import { TILE } from './tile.ts';

/** A frame whose hole is filled, and how what fills it is laid in. */
export interface Composition {
  readonly tokenizer: Tokenizer;
  readonly job: FrameJob;
  readonly hole: readonly number[]; // flat cell indices
  readonly tone: Tone | null; // the colours that the fill keeps to: toneAround
  readonly settings: Pick<FillSettings, 'feather' | 'detail'>;
  readonly clock: FillClock;
}

/** How far around the hole detail is borrowed from, tokens. */
const REACH = 12;

/** The tone that the fill of a frame keeps to; null for colours, and for hints, which are painted in those that are wanted. */
export function toneAround({ plan, picture, selection, tokens }: FrameJob): Tone | null {
  return tokens?.pins.length ? null : toneOf(picture, selection, plan.frame.rect);
}

/** What is known around the hole, decoded, so that it can lend its detail to the fill; null where none is wanted. */
export async function surroundingsOf(
  { tokenizer, job, hole, settings, clock }: Composition,
  known: TokenGrid,
  signal?: Abort,
): Promise<Surroundings | null> {
  if (settings.detail === 0) return null;
  const { frame } = job.plan;
  const cells = growCells(cellBounds(hole, frame), REACH, frame);
  const { planes } = await clock.time('decode', () =>
    decodeRegion(tiled(tokenizer, TILE), known, cells, signal),
  );
  return clock.time('composite', () =>
    surroundings(job.picture, frame, Int32Array.from(hole), { cells, planes }),
  );
}

/** Decodes the neighbourhood of the hole and lays it into the picture, as a patch. */
export async function composeFrame(
  { tokenizer, job, hole, tone, settings, clock }: Composition,
  around: Surroundings | null,
  grid: TokenGrid,
  signal?: Abort,
): Promise<PixelPatch> {
  const { picture, selection, plan } = job;
  const { feather, detail } = settings;
  // One token around the hole: the known pixels beside the selection tell how far off the decoder is there.
  const cells = growCells(cellBounds(hole, plan.frame), 1, plan.frame);
  const rect = cellsInPicture(cells, plan.frame);
  const { planes } = await clock.time('decode', () =>
    decodeRegion(tiled(tokenizer, TILE), grid, cells, signal),
  );
  return clock.time('composite', () => {
    const unit = rect.width / cells.width; // picture px per token
    const decoded = resizePlanes(planes, rect.width, rect.height);
    const shades = around && correctShades(around.shades, { cells, planes }, plan.frame.columns, unit);
    const fill = shades ? sumOf(decoded, shades) : decoded;
    const borrowed = around && borrowDetail(around, { cells, planes }, detail);
    return composite({
      picture,
      rect,
      // Before the border is met: a stain that reaches in keeps its colour there.
      fill: tone ? inTone(fill, tone) : fill,
      ...(borrowed && { detail: tone ? inGrey(borrowed) : borrowed }),
      selection,
      feather,
      reach: 2 * unit, // two tokens
      bounds: plan.bounds,
    });
  });
}

function sumOf(a: Planes, b: Planes): Planes {
  return { ...a, data: a.data.map((value, i) => value + b.data[i]!) };
}

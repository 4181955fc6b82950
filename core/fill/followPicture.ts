import type { Abort } from '../base/abort.ts';
import { containsPoint, fullRect, intersectRects, type Rect, uniteRects } from '../base/geometry.ts';
import { cellAt } from '../frames/cells.ts';
import type { FramePlan } from '../frames/planFrames.ts';
import { emptyPlanes } from '../model/slices.ts';
import { crop, pastePatch } from '../pixels/crop.ts';
import { cropMask, type Mask } from '../pixels/masks/mask.ts';
import type { Picture, PixelPatch, Planes } from '../pixels/picture.ts';
import { GIVEN, NOTHING, type Scene, SOURCE, TARGET } from './synthesis/scene.ts';
import { type Synthesis, synthesize } from './synthesis/synthesize.ts';

/** A frame's hole, and what is planned in it. */
export interface Planned {
  readonly plan: FramePlan;
  readonly picture: Picture; // what the frame can see
  readonly selection: Mask; // likewise
  readonly pins: readonly number[]; // cells that stay as they are planned
  readonly patch: PixelPatch; // what is planned for all that is selected in the plan's bounds, as the picture is to show it
}

/** How much more unlike the plan patches may be than known ones are unlike each other, at texture 0.5. */
const TOLERANCE = 1.5;

/** Halvings of the model's own pixels at which a plan is compared with the picture: softness of the decoder is gone there. */
const PLAN_LEVEL = 2;

/** Halvings of the model's own pixels at which drawing begins: the layout of the plan is left, and edges are free to meet. */
const START_LEVEL = 4;

/** A scene with a shorter side has no room for patches beside one another, px. */
const LEAST_SIDE = 12;

/** How patches follow a plan. */
export interface Following {
  /** Above 0: how unlike the plan patches may be; at 1 as much as they like. */
  readonly texture: number;
  /** Of the search; 0 if left out. */
  readonly seed?: number;
  /** Drawing begins at the coarsest scale that there is: of the plan, nothing but its mean colours is left. */
  readonly freely?: true;
  /** Hears what the coarsest of several scales gives. */
  readonly onFirstScale?: (first: Drawn) => void;
  readonly signal?: Abort;
}

/** What patches of the picture make of a plan. */
export interface Drawn {
  readonly planes: Planes; // also around what is selected, where they tell how far off the patches are
  readonly shares: Float32Array; // [height, width] of the planes, 0 .. 1: how far they replace what is planned
}

/**
 * Draws a plan with patches of the picture: the pixels of `rect` (picture px). Null where no patch is known.
 *
 * @throws TesseraError 'aborted'
 */
export async function followPicture(
  planned: Planned,
  rect: Rect,
  { texture, seed = 0, freely, onFirstScale, signal }: Following,
): Promise<Drawn | null> {
  const { plan, picture } = planned;
  const area = sceneRect(plan, fullRect(picture));
  const scene = sceneOf(planned, area);
  const own = Math.max(0, Math.round(Math.log2(plan.frame.scale))); // halvings down to the model's own pixels
  const drawnOf = ({ colours, shares }: Synthesis): Drawn => {
    const inTarget = shares.map((share, i) => (scene.kinds[i] === TARGET ? share : 0));
    return { planes: planesOf(colours, area, rect), shares: valuesIn(inTarget, area, rect) };
  };
  const drawn = await synthesize(scene, {
    planLevel: own + PLAN_LEVEL,
    startLevel: freely ? coarsestOf(area) : own + START_LEVEL,
    limit: texture < 1 ? (TOLERANCE * texture) / (1 - texture) : Infinity,
    seed,
    ...(onFirstScale && {
      onFirstScale: (first) => {
        onFirstScale(drawnOf(first));
      },
    }),
    ...(signal && { signal }),
  });
  return drawn && drawnOf(drawn);
}

/** The halvings after which the shorter side still has room for patches beside one another. */
function coarsestOf({ width, height }: Rect): number {
  return Math.max(0, Math.floor(Math.log2(Math.min(width, height) / LEAST_SIDE)));
}

/** Where patches are taken from: all that the frame and its coarse passes see. */
function sceneRect({ frame, coarse }: FramePlan, whole: Rect): Rect {
  const own = intersectRects(frame.rect, whole);
  return coarse ? uniteRects(own, sceneRect(coarse, whole)) : own;
}

function sceneOf({ plan, picture, selection, pins, patch }: Planned, area: Rect): Scene {
  const { width, height } = area;
  const known = crop(picture, area).data;
  const shown = { ...area, data: known.slice() };
  pastePatch(shown, patch);
  const selected = cropMask(selection, area).data;
  const target = intersectRects(patch.rect, plan.bounds);
  const pinned = new Set(pins);
  const colours = new Uint8Array(3 * width * height);
  const kinds = new Uint8Array(width * height);
  for (let i = 0; i < kinds.length; i++) {
    const x = area.x + (i % width);
    const y = area.y + Math.floor(i / width);
    if (selected[i] === 0) {
      kinds[i] = known[4 * i + 3] === 255 ? SOURCE : known[4 * i + 3] === 0 ? NOTHING : GIVEN;
    } else if (containsPoint(target, { x, y })) {
      kinds[i] = pinned.size > 0 && pinned.has(cellAt(plan.frame, x, y) ?? -1) ? GIVEN : TARGET;
    } else {
      kinds[i] = NOTHING; // another frame sees to it
    }
    for (let c = 0; c < 3; c++) colours[3 * i + c] = shown.data[4 * i + c]!;
  }
  return { width, height, colours, kinds };
}

/** The colours of `area` as planes of `rect`; 0 where they do not reach. */
function planesOf(colours: Uint8Array, area: Rect, rect: Rect): Planes {
  const pixels = area.width * area.height;
  const planes = emptyPlanes(rect.width, rect.height);
  for (let c = 0; c < 3; c++) {
    const channel = new Float32Array(pixels);
    for (let i = 0; i < pixels; i++) channel[i] = colours[3 * i + c]! / 255;
    planes.data.set(valuesIn(channel, area, rect), c * rect.width * rect.height);
  }
  return planes;
}

/** Values of the pixels of `area`, as those of `rect`; 0 where they do not reach. */
function valuesIn(values: Float32Array, area: Rect, rect: Rect): Float32Array {
  const out = new Float32Array(rect.width * rect.height);
  const both = intersectRects(area, rect);
  for (let y = both.y; y < both.y + both.height; y++) {
    const from = (y - area.y) * area.width + both.x - area.x;
    out.set(values.subarray(from, from + both.width), (y - rect.y) * rect.width + both.x - rect.x);
  }
  return out;
}

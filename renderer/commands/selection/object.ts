import { TesseraError } from '../../../core/base/errors.ts';
import type { Point, Rect } from '../../../core/base/geometry.ts';
import { growRect, intersectRects } from '../../../core/base/geometry.ts';
import type { Document } from '../../../core/document/document.ts';
import type { Coverage } from '../../../core/pixels/picture.ts';
import { bounds, cropMask, type Mask } from '../../../core/pixels/masks/mask.ts';
import { readRect } from '../../../core/raster/flat.ts';
import { composePatches, invertPatch } from '../../../core/raster/patch.ts';
import type { Raster, RasterPatch } from '../../../core/raster/raster.ts';
import { reduced } from '../../../core/raster/reduced.ts';
import { combine, type CombineMode } from '../../../core/selection/combine.ts';
import type { ObjectStroke } from '../../../core/selection/object/selectObject.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import { withActivity } from '../files/activity.ts';
import { report } from '../report.ts';

const WORKING = 768; // px of the longer side that objects are looked for in
const MOST_REFINED = 12e6; // px: of a larger part the border stays as the smaller copy has it

/** An object that is being pointed out, stroke by stroke. */
interface Pointing {
  readonly base: Raster; // the selection before
  readonly mode: CombineMode; // how the object meets it
  readonly strokes: readonly ObjectStroke[]; // px of the smaller copy
  readonly mask: Mask; // of the smaller copy
  readonly patch: RasterPatch; // from `base` to what is selected with it
  readonly result: Document; // nothing was done since, as long as this is the document
}

const pointings = new WeakMap<OpenDocument, Pointing>();

/** Whether a stroke with Shift or Alt would correct the object that was found last: nothing was done since. */
export function isPointing(document: OpenDocument): boolean {
  return pointings.get(document)?.result === document.current;
}

/**
 * Selects the object that a stroke points at (document px). While nothing else was done since, adding and subtracting correct the one found last. One
 * undo step. Never rejects: what goes wrong becomes a notice.
 */
export async function pointAtObject(
  editor: Editor,
  document: OpenDocument,
  { points, radius }: { readonly points: readonly Point[]; readonly radius: number },
  mode: CombineMode,
): Promise<void> {
  try {
    const before = document.current;
    const { canvas, picture } = before;
    const by = Math.max(1, Math.ceil(Math.max(canvas.width, canvas.height) / WORKING));
    const corrects = (mode === 'add' || mode === 'subtract') && isPointing(document);
    const last = corrects ? pointings.get(document)! : null;
    const stroke = {
      adds: !(corrects && mode === 'subtract'),
      radius: radius / by,
      points: points.map(({ x, y }) => ({ x: (x - canvas.x) / by, y: (y - canvas.y) / by })),
    };
    const strokes = [...(last?.strokes ?? []), stroke];
    const copy = reduced(picture, canvas, by);
    const { mask, coverage } = await withActivity(editor, 'Looking for the object', async ({ signal }) => {
      const { data: pixels, ...size } = copy;
      const asked = { ...size, picture: pixels, strokes, before: last ? last.mask.data : null };
      const found = await editor.engine.call('object.select', asked, { signal });
      const mask = { ...size, data: found.mask };
      return { mask, coverage: await refined(editor, before.picture, canvas, mask, by, signal) };
    });
    if (document.current !== before) return; // it was looked for in what is no more
    if (!coverage) throw nothingFound();
    const base = last?.base ?? before.selection;
    const how = last?.mode ?? mode;
    const patch = combine(base, coverage, how);
    const step = last ? composePatches(invertPatch(last.patch), patch) : patch;
    document.commit('Object', { selection: step }, [{ kind: 'selection', mode }]);
    pointings.set(document, { base, mode: how, strokes, mask, patch, result: document.current });
  } catch (error) {
    report(editor, error);
  }
}

/** The mask at the picture's own size; null if it has nothing. */
async function refined(
  editor: Editor,
  picture: Raster,
  canvas: Rect,
  mask: Mask,
  by: number,
  signal: AbortSignal,
): Promise<Coverage | null> {
  const found = bounds(mask);
  if (!found) return null;
  const part = intersectRects(growRect(found, by === 1 ? 0 : 4), {
    x: 0,
    y: 0,
    width: mask.width,
    height: mask.height,
  });
  const rect = intersectRects(
    {
      x: canvas.x + part.x * by,
      y: canvas.y + part.y * by,
      width: part.width * by,
      height: part.height * by,
    },
    canvas,
  );
  const coarse = cropMask(mask, part);
  if (by === 1) return { rect, data: coarse.data };
  if (rect.width * rect.height > MOST_REFINED || Math.max(rect.width, rect.height) > 8192)
    return { rect, data: enlarged(coarse, rect, by) };
  const { width, height } = rect;
  const asked = {
    width,
    height,
    picture: readRect(picture, rect),
    coarse: { width: coarse.width, height: coarse.height, mask: coarse.data },
  };
  return { rect, data: (await editor.engine.call('object.refine', asked, { signal })).mask };
}

function enlarged({ width, data }: Mask, rect: Rect, by: number): Uint8Array {
  const out = new Uint8Array(rect.width * rect.height);
  for (let y = 0, i = 0; y < rect.height; y++) {
    for (let x = 0; x < rect.width; x++, i++) out[i] = data[Math.floor(y / by) * width + Math.floor(x / by)]!;
  }
  return out;
}

function nothingFound(): TesseraError {
  return new TesseraError(
    'input',
    'No object was found there.',
    'Draw a stroke along it, or use another tool.',
  );
}

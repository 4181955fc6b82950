import { isQuarter, type Turn, turnRect } from '../../../core/document/remake/turning.ts';
import type { Detail } from '../../../core/document/details.ts';
import { layersOf, type Remade } from '../../../core/document/project/remade.ts';
import { type Recipe, remakingOf, selectsUncovered } from '../../../core/document/remake/recipe.ts';
import { remakeDocument } from '../../../core/document/remake/remakeDocument.ts';
import type { Document } from '../../../core/document/document.ts';
import { setCanvas } from '../../../core/document/canvas.ts';
import { largestFrame, shrunkInto } from '../../../core/document/remake/cropFrame.ts';
import { TesseraError } from '../../../core/base/errors.ts';
import type { Rect, Size } from '../../../core/base/geometry.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import { withActivity } from '../files/activity.ts';
import { checkSize } from './extend.ts';

const TURN_LABELS: Readonly<Record<Turn, string>> = {
  left: 'Turn left',
  right: 'Turn right',
  half: 'Turn upside down',
  horizontal: 'Flip horizontally',
  vertical: 'Flip vertically',
};

/** Turns the picture by right angles, or mirrors it; no pixel changes its colour, and a chosen frame goes along. */
export async function turn(editor: Editor, document: OpenDocument, how: Turn): Promise<void> {
  const { canvas, frame } = document.current;
  const turned = frame && turnedFrame(frame, canvas, how);
  await remake(editor, document, TURN_LABELS[how], { kind: 'turning', turn: how }, [], turned);
}

/** Makes the picture of another size, px, with all that is in it. */
export async function resize(editor: Editor, document: OpenDocument, size: Size): Promise<void> {
  const { canvas } = document.current;
  if (size.width === canvas.width && size.height === canvas.height) return;
  const { width, height } = size;
  const recipe: Recipe = { kind: 'resizing', size: { width, height } };
  await remake(editor, document, 'Image size', recipe, [sizeOf(size)]);
}

/**
 * Rotates the picture clockwise by degrees: either the canvas grows, and its empty corners become selected, or as large a
 * rectangle as it was by shape is cut out, so that no corner is empty.
 */
export async function rotate(
  editor: Editor,
  document: OpenDocument,
  degrees: number,
  corners: 'keep' | 'cut',
): Promise<void> {
  const { canvas } = document.current;
  const frame = rotationFrame(canvas, degrees, corners);
  const recipe: Recipe = { kind: 'rotating', frame, selectUncovered: corners === 'keep' };
  await remake(editor, document, 'Rotate', recipe, [{ kind: 'angle', degrees }]);
}

/** What a rotation leaves of the picture, as a frame that stands askew in it. */
export function rotationFrame(canvas: Rect, degrees: number, corners: 'keep' | 'cut') {
  const frame = largestFrame(canvas, null, -degrees);
  if (corners === 'cut') return shrunkInto(frame, canvas);
  const radians = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.abs(Math.cos(radians)), Math.abs(Math.sin(radians))];
  const { width, height } = canvas;
  return { ...frame, width: width * cos + height * sin, height: width * sin + height * cos };
}

/** Cuts the canvas off and makes room around it, as a rectangle of the document says. */
export function changeCanvas(document: OpenDocument, canvas: Rect): void {
  checkSize(canvas);
  document.commit('Canvas size', setCanvas(document.current, canvas), [sizeOf(canvas)]);
  document.view.reveal(canvas);
}

/**
 * Draws all of the document anew, as one undo step; a chosen frame comes to lie at `frame`.
 * @throws TesseraError 'input' where candidates wait: they would fit nowhere then
 */
export async function remake(
  editor: Editor,
  document: OpenDocument,
  label: string,
  recipe: Recipe,
  details: readonly Detail[],
  frame: Document['frame'] = null,
): Promise<void> {
  const before = document.current;
  const remaking = remakingOf(before.canvas, recipe);
  checkSize(remaking.rect);
  if (document.fill.job || document.fill.candidates.length > 0) throw candidatesWait();
  const options = { frame, selectUncovered: selectsUncovered(recipe) };
  const change = await withActivity(editor, label, ({ signal, onDone }) =>
    remakeDocument(before, remaking, { signal, onDone }, options),
  );
  if (document.current !== before) throw changedMeanwhile();
  document.commit(label, change, details.length > 0 ? details : [sizeOf(remaking.rect)]);
  tellRemade(editor, document, recipe, before);
  document.view.fit(document.current.canvas);
}

/** From then on, what was drawn can be recovered although its tiles were never copied. */
function tellRemade(editor: Editor, document: OpenDocument, recipe: Recipe, before: Document): void {
  const { recovery, partNumber, current } = document;
  const remade: Remade = {
    recipe,
    before: layersOf(before, partNumber),
    after: layersOf(current, partNumber),
  };
  const told = editor.engine.call('recovery.remade', { document: document.id, remade });
  // Where it cannot be noted, the tiles themselves are kept.
  recovery.origin = Promise.all([recovery.origin, told.catch(() => undefined)]).then(() => undefined);
}

function turnedFrame(frame: NonNullable<Document['frame']>, canvas: Rect, how: Turn): Document['frame'] {
  const { columns, rows } = frame;
  const rect = turnRect(frame.rect, canvas, how);
  return isQuarter(how) ? { ...frame, rect, columns: rows, rows: columns } : { ...frame, rect };
}

export function sizeOf({ width, height }: Size): Detail {
  return { kind: 'size', of: 'px', width, height };
}

function candidatesWait(): TesseraError {
  return new TesseraError(
    'input',
    'Candidates still wait, or a fill is under way: they would not fit the changed picture.',
    'Accept or discard them first.',
  );
}

function changedMeanwhile(): TesseraError {
  return new TesseraError('input', 'The picture was changed meanwhile, so nothing was done.', 'Try again.');
}

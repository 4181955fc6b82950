import { cropCanvas } from '../../../core/document/canvas.ts';
import { mergeChanges } from '../../../core/document/change.ts';
import { applyChange } from '../../../core/document/applyChange.ts';
import { largestFrame, MOST_ANGLE, uprightRect } from '../../../core/document/remake/cropFrame.ts';
import { type Recipe, remakingOf } from '../../../core/document/remake/recipe.ts';
import { selectNone } from '../../../core/selection/combine.ts';
import { boundsOf } from '../../../core/raster/bounds.ts';
import { cropFrameOf } from '../../state/crop.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import { type RatioId, ratioOf } from '../../state/ratios.ts';
import { remake, sizeOf } from './remake.ts';

/** Crops to the frame, as one undo step. One that stands upright takes tokens and pixels as they are. */
export async function applyCrop(editor: Editor, document: OpenDocument): Promise<void> {
  const { current, crop } = document;
  if (!crop) return;
  const frame = cropFrameOf(document);
  if (frame.angle === 0) {
    const rect = uprightRect(frame);
    document.commit('Crop', cropCanvas(current, rect), [sizeOf(rect)]);
    document.crop = null;
    document.view.fit(document.current.canvas);
    return;
  }
  const recipe: Recipe = { kind: 'rotating', frame, selectUncovered: false };
  const { rect } = remakingOf(current.canvas, recipe);
  const details = [sizeOf(rect), { kind: 'angle', degrees: -frame.angle } as const];
  await remake(editor, document, 'Crop', recipe, details);
}

/** Cuts off what lies outside the rectangle around the selection. Nothing is selected then: it would be all there is. */
export function cropToSelection(document: OpenDocument): void {
  const { current } = document;
  const rect = boundsOf(current.selection);
  if (!rect) return;
  const cropped = cropCanvas(current, rect);
  const { selection } = applyChange(current, cropped);
  document.commit('Crop', mergeChanges(cropped, { selection: selectNone(selection) }), [sizeOf(rect)]);
  document.view.fit(document.current.canvas);
}

/** Holds the frame to a ratio: the largest that there is room for, at the angle that it had. */
export function setCropRatio({ tools }: Editor, document: OpenDocument, id: RatioId): void {
  const { canvas } = document.current;
  tools.cropRatio = id;
  if (id === 'free') return;
  document.crop = largestFrame(canvas, ratioOf(id, canvas), document.crop?.angle);
}

/** Stands the frame askew by degrees, clockwise; it is as large as it was meant to be, where there is room. */
export function setCropAngle(document: OpenDocument, degrees: number): void {
  const { crop, current } = document;
  const angle = Math.min(MOST_ANGLE, Math.max(-MOST_ANGLE, degrees));
  document.crop = { ...(crop ?? largestFrame(current.canvas, null)), angle };
}

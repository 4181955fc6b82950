import { type CropFrame, largestFrame, shrunkInto } from '../../core/document/remake/cropFrame.ts';
import type { OpenDocument } from './openDocument.svelte.ts';

/** What the crop tool keeps as it is set: the frame that was drawn, as far as the picture has room for it. */
export function cropFrameOf({ crop, current: { canvas } }: OpenDocument): CropFrame {
  return shrunkInto(crop ?? largestFrame(canvas, null), canvas);
}

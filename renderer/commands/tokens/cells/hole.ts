import type { Frame } from '../../../../core/frames/frame.ts';
import type { Raster } from '../../../../core/raster/raster.ts';
import { holeIn } from '../../../../core/frames/hole.ts';
import type { OpenDocument } from '../../../state/openDocument.svelte.ts';

const NONE: ReadonlySet<number> = new Set();

/** The cells of the frame that a fill would draw anew; none without frame tokens. */
export function holeCells({ tokenWork, current }: OpenDocument): ReadonlySet<number> {
  return tokenWork.frameTokens ? cellsSelected(current.selection, tokenWork.frameTokens.tokens.frame) : NONE;
}

/** The cells of a frame in which something is selected; the same set for the same selection. */
export function cellsSelected(selection: Raster, frame: Frame): ReadonlySet<number> {
  return holeIn(selection, { frame, bounds: frame.rect }).cells;
}

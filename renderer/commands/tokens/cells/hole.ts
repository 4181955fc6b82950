import { type Frame, sameFrame } from '../../../../core/frames/frame.ts';
import type { Raster } from '../../../../core/raster/raster.ts';
import { holeOfPlan } from '../../../../core/frames/holeOfPlan.ts';
import { indicesOf } from '../../../../core/tokens/cells.ts';
import type { OpenDocument } from '../../../state/openDocument.svelte.ts';

const NONE: ReadonlySet<number> = new Set();
const cached = new WeakMap<Raster, { readonly frame: Frame; readonly cells: ReadonlySet<number> }>();

/** The cells of the frame that a fill would draw anew; none without frame tokens. */
export function holeCells({ tokenWork, current }: OpenDocument): ReadonlySet<number> {
  return tokenWork.frameTokens ? cellsSelected(current.selection, tokenWork.frameTokens.tokens.frame) : NONE;
}

/** The cells of a frame in which something is selected; the same set for the same selection. */
export function cellsSelected(selection: Raster, frame: Frame): ReadonlySet<number> {
  const known = cached.get(selection);
  if (known && sameFrame(known.frame, frame)) return known.cells;
  const flags = holeOfPlan(selection, { frame, bounds: frame.rect });
  const cells = new Set(indicesOf(flags));
  cached.set(selection, { frame, cells });
  return cells;
}

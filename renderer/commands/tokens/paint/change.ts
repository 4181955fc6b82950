import type { Change } from '../../../../core/document/change.ts';
import type { Detail } from '../../../../core/document/details.ts';
import type { Document, FrameTokens } from '../../../../core/document/document.ts';
import { type Frame, sameFrame } from '../../../../core/frames/frame.ts';
import type { TokenGrid } from '../../../../core/tokens/grid.ts';
import { paintTokens, pinTokens, withTokens } from '../../../../core/document/tokenSheets.ts';
import { putTokens, type TokenEdit } from '../../../../core/tokens/edit.ts';
import { reachesOut } from '../../canvas/extend.ts';

/**
 * Frame tokens with some painted. In the hole they are pinned, also where the code was there before: painting
 * it says that it shall stay.
 */
export function paintedTokens(tokens: FrameTokens, edit: TokenEdit, hole: ReadonlySet<number>): FrameTokens {
  const patch = putTokens(tokens.grid, edit);
  const hints = [...edit.cells].filter((cell) => hole.has(cell));
  const painted = patch.cells.length > 0 ? paintTokens(tokens, patch, hole) : tokens;
  return hints.some((cell) => !painted.pins.includes(cell)) ? pinTokens(painted, hints, true) : painted;
}

/**
 * The change that gives a document the tokens of a frame. Fills work in that frame from then on; one that reaches past
 * the picture only because tokens are whole is not stored, since fills would extend the picture to it.
 */
export function tokensChange(document: Document, tokens: FrameTokens): Change {
  return {
    tokens: { before: document.tokens, after: withTokens(document.tokens, tokens) },
    ...frameChange(document, tokens.frame),
  };
}

/** The change that makes fills work in a frame. */
export function frameChange({ canvas, frame: before }: Document, frame: Frame): Change {
  if ((before && sameFrame(before, frame)) || reachesOut(canvas, frame)) return {};
  return { frame: { before, after: frame } };
}

/** What an edit did, for the history. */
export function detailsOf(grid: TokenGrid, edit: TokenEdit): readonly Detail[] {
  const codes = new Set(edit.ids);
  return [
    { kind: 'count', of: 'tokens', count: putTokens(grid, edit).cells.length },
    codes.size === 1
      ? { kind: 'code', id: [...codes][0]! }
      : { kind: 'count', of: 'codes', count: codes.size },
  ];
}

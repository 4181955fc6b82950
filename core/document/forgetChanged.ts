import type { Rect } from '../base/geometry.ts';
import { intersectRects, isEmptyRect } from '../base/geometry.ts';
import { MASK } from '../tokens/grid.ts';
import { MISSING } from '../tokens/provenance.ts';
import type { Change } from './change.ts';
import { changedCells, type PictureChange } from './changedCells.ts';
import type { Document, FrameTokens } from './document.ts';

/**
 * A change of a document, made to forget the tokens whose pixels it changes: they are missing then, and not pinned any
 * more. Tokens that the change itself brings stay as they are given. The same object where nothing is to be forgotten.
 */
export function forgetChanged(before: Document, change: Change): Change {
  const { picture, canvas, tokens } = change;
  if (!picture && !canvas) return change;
  const seen: PictureChange = {
    patch: picture ?? { changes: [] },
    before: before.canvas,
    after: canvas?.after ?? before.canvas,
  };
  const known = new Set(before.tokens);
  const list = tokens?.after ?? before.tokens;
  const kept = list.flatMap((one) => {
    const left = known.has(one) ? forgetCells(one, changedCells(one.frame, seen)) : one;
    return left !== one && canvas && isLost(left, seen.after) ? [] : [left];
  });
  if (kept.length === list.length && kept.every((one, i) => one === list[i])) return change;
  return { ...change, tokens: { before: before.tokens, after: kept } };
}

/** Tokens without those of marked cells; the same object where there were none. */
function forgetCells(tokens: FrameTokens, marks: Uint8Array | null): FrameTokens {
  const { grid, pins } = tokens;
  const isKnown = (id: number, cell: number): boolean => marks?.[cell] === 1 && id !== MASK;
  if (!marks || !grid.ids.some(isKnown)) return tokens;
  return {
    ...tokens,
    grid: { ...grid, ids: grid.ids.map((id, cell) => (marks[cell] === 1 ? MASK : id)) },
    pins: pins.filter((cell) => marks[cell] !== 1),
    provenance: tokens.provenance.map((how, cell) => (marks[cell] === 1 ? MISSING : how)),
  };
}

/** Whether a frame was cropped away, and nothing is known of it. */
function isLost({ frame, grid }: FrameTokens, canvas: Rect): boolean {
  return isEmptyRect(intersectRects(frame.rect, canvas)) && grid.ids.every((id) => id === MASK);
}

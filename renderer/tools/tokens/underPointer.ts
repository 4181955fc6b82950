import type { Editor } from '../../state/editor.svelte.ts';
import type { Frame } from '../../../core/frames/frame.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import type { ToolTokens, TokenKind } from './cellGesture.ts';
import type { Point } from '../../state/view.svelte.ts';
import type { PointerInput, Overlay } from '../tool.ts';
import { containsPoint } from '../../../core/base/geometry.ts';
import { brushCells } from '../../../core/tokens/cells.ts';
import { cellAt, cellBounds, cellsInPicture } from '../../../core/frames/cells.ts';
import { frameSeen } from '../../state/tokens/tokensSeen.ts';
import { sizeOf } from './gridPoints.ts';

/** What a tool works on; null while it is not known. */
export function tokensAt(
  editor: Editor,
  document: OpenDocument,
  kind: TokenKind,
  at: Point,
): ToolTokens | null {
  if (kind.tokensAt) return kind.tokensAt(editor, document, at);
  const { frameTokens } = document.tokenWork;
  // The picture may have changed since; then the frame tokens are out of date.
  if (frameTokens?.picture !== document.current.picture) return null;
  return { editor, document, ...frameTokens.tokens };
}

/** The frame that a tool works in. */
export function frameIn(editor: Editor, document: OpenDocument, kind: TokenKind, at: Point): Frame | null {
  return kind.tokensAt ? (kind.tokensAt(editor, document, at)?.frame ?? null) : frameSeen(editor, document);
}

const DRAWING = 'M2 20l1-4 8-8 3 3-8 8zM10 7l5 5M13 6l3-3q2-1 3 0t0 3l-3 3';
const PIPETTE =
  '<svg xmlns="http://www.w3.org/2000/svg" width="22" height="22" fill="none" stroke-linecap="round">' +
  `<path d="${DRAWING}" stroke="#fff" stroke-width="4"/><path d="${DRAWING}" stroke="#000" stroke-width="1.5"/></svg>`;

/** Its tip is what picks. */
const PICKING = `url("data:image/svg+xml,${encodeURIComponent(PIPETTE)}") 2 20, crosshair`;

/** The CSS cursor of a tool: whether it would pick, and whether there are tokens under it. */
export function cursorOver(editor: Editor, kind: TokenKind, pointer: PointerInput | null): string {
  const document = editor.active;
  if (!document || !pointer) return 'crosshair';
  const frame = frameIn(editor, document, kind, pointer);
  if (!frame || cellAt(frame, pointer.x, pointer.y) === null) return 'not-allowed';
  const picks = kind.id === 'token-picker' || (pointer.alt && kind.alt === 'picks');
  return picks ? PICKING : 'crosshair';
}

/** Why a tool can do nothing where the pointer is, in a few words; null where it can. */
function whyNot(editor: Editor, kind: TokenKind, document: OpenDocument, input: PointerInput): string | null {
  const frame = frameIn(editor, document, kind, input);
  if (kind.tokensAt && !frame) return kind.nothing ?? null;
  if (!containsPoint(document.current.canvas, input)) return null; // that goes without saying
  if (!frame) return 'No model is in use';
  if (cellAt(frame, input.x, input.y) === null) return 'Reading the tokens here';
  const { code, stamp } = editor.tokenTools;
  if (input.alt) return null;
  if (PAINTS.has(kind.id) && code === null) return 'No code: pick one (I)';
  return kind.id === 'token-stamp' && stamp === null ? 'No stamp: drag with Alt' : null;
}

const PAINTS: ReadonlySet<string> = new Set(['token-brush', 'token-line', 'token-rectangle', 'token-bucket']);

/** What a tool shows under the pointer while no button is held. */
export function hoverOverlays(editor: Editor, kind: TokenKind, input: PointerInput): readonly Overlay[] {
  const document = editor.active;
  if (!document) return [];
  const why = whyNot(editor, kind, document, input);
  const note: Overlay[] = why === null ? [] : [{ kind: 'note', at: input, text: why }];
  const frame = frameIn(editor, document, kind, input);
  if (!frame) return note;
  const tokens = tokensAt(editor, document, kind, input);
  const own = tokens ? (kind.hovers?.(tokens, input) ?? []) : [];
  const picks = input.alt && kind.alt === 'picks';
  const width = kind.covers === 'brush' && !picks ? editor.tokenTools.width : 1;
  const painted = own.some(({ kind }) => kind === 'tokens');
  return [...own, ...(painted ? [] : footprint(frame, input, width)), ...note];
}

/** The tokens under a brush. */
function footprint(frame: Frame, { x, y }: PointerInput, width: number): Overlay[] {
  const cell = cellAt(frame, x, y);
  if (cell === null) return [];
  const cells = brushCells(sizeOf(frame), cell, width);
  return [{ kind: 'footprint', rect: cellsInPicture(cellBounds(cells, frame), frame) }];
}

import type { Frame } from '../../../core/frames/frame.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import { frameSeen } from '../../state/tokens/tokensSeen.ts';
import type { Point } from '../../state/view.svelte.ts';
import type { Place, TokenKind } from './cellGesture.ts';

/** What a tool works on; null while it is not known. */
export function placeIn(editor: Editor, document: OpenDocument, kind: TokenKind, at: Point): Place | null {
  if (kind.place) return kind.place(editor, document, at);
  const { sheet } = document.tokenWork;
  // The picture may have changed since; then what is on the sheet is no more.
  if (sheet?.picture !== document.current.picture) return null;
  return { editor, document, ...sheet.tokens };
}

/** The frame that a tool works in. */
export function frameIn(editor: Editor, document: OpenDocument, kind: TokenKind, at: Point): Frame | null {
  return kind.place ? (kind.place(editor, document, at)?.frame ?? null) : frameSeen(editor, document);
}

import { cellAt } from '../../../core/frames/cells.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import type { PointerInput } from '../tool.ts';
import type { TokenKind } from './cellGesture.ts';
import { frameIn } from './placeIn.ts';

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

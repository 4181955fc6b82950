import type { Frame } from '../../../core/frames/frame.ts';
import { cellAt, cellBounds, cellsInPicture } from '../../../core/frames/cells.ts';
import { brushCells } from '../../../core/tokens/cells.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import type { PointerInput, Sketch } from '../tool.ts';
import type { TokenKind } from './cellGesture.ts';
import { frameIn, placeIn } from './placeIn.ts';
import { sizeOf } from './places.ts';

/** What a tool shows under the pointer while no button is held. */
export function hoverSketches(editor: Editor, kind: TokenKind, input: PointerInput): readonly Sketch[] {
  const document = editor.active;
  const frame = document && frameIn(editor, document, kind, input);
  if (!document || !frame) return [];
  const place = placeIn(editor, document, kind, input);
  const own = place ? (kind.hovers?.(place, input) ?? []) : [];
  const picks = input.alt && kind.alt === 'picks';
  const width = kind.covers === 'brush' && !picks ? editor.tokenTools.width : 1;
  return own.some(({ kind }) => kind === 'tokens') ? own : [...own, ...footprint(frame, input, width)];
}

/** The tokens under a brush. */
function footprint(frame: Frame, { x, y }: PointerInput, width: number): Sketch[] {
  const cell = cellAt(frame, x, y);
  if (cell === null) return [];
  const cells = brushCells(sizeOf(frame), cell, width);
  return [{ kind: 'footprint', rect: cellsInPicture(cellBounds(cells, frame), frame) }];
}

import type { Editor } from '../../state/editor.svelte.ts';
import type { FrameTokens } from '../../../core/document/document.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import type { Point } from '../../state/view.svelte.ts';
import type { PointerInput, Overlay } from '../tool.ts';
import type { TokenToolId } from '../../state/tools.svelte.ts';
import { cellAt } from '../../../core/frames/cells.ts';
import { nearestCell, sizeOf } from './gridPoints.ts';
import { rectangleCells } from '../../../core/tokens/cells.ts';

/** Tokens as they are when a gesture begins, and where they lie. */
export interface ToolTokens extends Pick<FrameTokens, 'package' | 'frame' | 'grid'> {
  readonly editor: Editor;
  readonly document: OpenDocument;
}

/** What one press of the button does with cells. */
export interface CellGesture {
  move(input: PointerInput): void;
  /** The button went up, where it was last seen. Gives a promise where there is something to wait for. */
  end(): unknown;
  /** Leaves everything as it was. */
  cancel(): void;
  overlays(): readonly Overlay[];
}

/** What sets one tool apart from another. */
export interface TokenKind {
  readonly id: TokenToolId;
  /** Alt picks a code, or means something of the tool's own. */
  readonly alt: 'picks' | 'own';
  /** What is under the pointer: as many tokens as the brush is wide, or one. */
  readonly covers: 'brush' | 'cell';
  /** Goes from one place to another: from the keyboard, two presses say which. */
  readonly drags?: boolean;
  /** Null where nothing can be done there. */
  begin(tokens: ToolTokens, input: PointerInput): CellGesture | null;
  /** What is shown besides while no button is held. */
  hovers?(tokens: ToolTokens, input: PointerInput): readonly Overlay[];
  /** Tokens other than the frame tokens, by a point of the document (px); null where there are none to work on. */
  tokensAt?(editor: Editor, document: OpenDocument, at: Point): ToolTokens | null;
  /** Says in a few words that there are none. */
  readonly nothing?: string;
}

/** A gesture of which only where it began counts; it is done when the button goes up, so that Escape can still stop it. */
export function clickGesture(end: CellGesture['end']): CellGesture {
  return { move: () => undefined, end, cancel: () => undefined, overlays: () => [] };
}

/** Drags a rectangle of cells out, which become the chosen ones, with Shift besides those that are. */
export function chooseGesture(
  { document, frame }: ToolTokens,
  first: PointerInput,
  end: (cells: readonly number[]) => unknown,
): CellGesture | null {
  const from = cellAt(frame, first.x, first.y);
  if (from === null) return null;
  const { tokenWork } = document;
  const before = tokenWork.chosen;
  const go = (input: PointerInput): void => {
    const cells = rectangleCells(sizeOf(frame), from, nearestCell(frame, input));
    const all = first.shift ? new Set([...before, ...cells]) : cells;
    tokenWork.chosen = [...all].sort((a, b) => a - b);
  };
  go(first);
  return {
    move: go,
    end: () => end(tokenWork.chosen),
    cancel() {
      tokenWork.chosen = before;
    },
    overlays: () => [],
  };
}

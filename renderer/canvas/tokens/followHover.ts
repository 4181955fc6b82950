import { containsPoint } from '../../../core/base/geometry.ts';
import { cellAt } from '../../../core/frames/cells.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import { frameSeen, tokensAreSeen } from '../../state/tokens/tokensSeen.ts';
import type { Point } from '../../state/view.svelte.ts';
import { watch } from '../watch.svelte.ts';

/**
 * Takes the work with tokens to wherever the pointer is on the picture: a frame that a fill had, or that was chosen by hand,
 * does not end it. Returns what stops it.
 */
export function followPointer(editor: Editor): () => void {
  return watch(
    () => {
      const { active, pointer, gesture } = editor;
      if (!active || !pointer || gesture || !tokensAreSeen(editor)) return null;
      return { active, pointer, frame: frameSeen(editor, active) };
    },
    (seen) => {
      if (!seen?.frame) return;
      const { active, pointer, frame } = seen;
      const { canvas, frame: chosen } = active.current;
      const { x, y } = pointer;
      if (!containsPoint(canvas, pointer)) return;
      if (chosen && frame !== chosen && active.tokenWork.at && cellAt(chosen, x, y) !== null)
        active.tokenWork.workAt(null);
      else if (cellAt(frame, x, y) === null) active.tokenWork.workAt(pointer);
    },
  );
}

/** Says which cell is under the pointer while tokens are looked at, whichever tool is current. Returns what stops it. */
export function followHover(editor: Editor): () => void {
  let last: Point | null = null; // CSS px
  return watch(
    () => {
      const { active, pointer } = editor;
      if (!active) return null;
      const frame = tokensAreSeen(editor) ? frameSeen(editor, active) : null;
      const hover = frame && pointer ? cellAt(frame, pointer.x, pointer.y) : null;
      return { work: active.tokenWork, hover, screen: pointer && active.view.toScreen(pointer) };
    },
    (seen) => {
      if (!seen) return;
      const { work, hover, screen } = seen;
      // Where the keyboard scrolls the view, the pointer has not moved.
      if (work.focus === null || work.hover !== null || !same(screen, last)) work.hover = hover;
      last = screen;
    },
  );
}

function same(a: Point | null, b: Point | null): boolean {
  return a !== null && b !== null && Math.hypot(a.x - b.x, a.y - b.y) < 0.5;
}

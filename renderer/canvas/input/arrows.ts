import type { Editor } from '../../state/editor.svelte.ts';
import type { Point } from '../../state/view.svelte.ts';
import type { Toolbox } from '../../tools/toolbox.ts';

const STEP = 48; // CSS px that an arrow moves the view; with Shift four times that
const FAST = 4;

const STEPS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/**
 * Arrow keys on the canvas: for the tool if it moves something, else for the view; `moved` is told. Returns what stops
 * listening.
 */
export function bindArrows(
  host: HTMLElement,
  editor: Editor,
  toolbox: Toolbox,
  moved: () => void,
): () => void {
  const onKey = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (!step || event.target !== host || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!arrow(editor, toolbox, step, event.shiftKey)) return;
    event.preventDefault();
    moved();
  };
  host.addEventListener('keydown', onKey);
  return () => {
    host.removeEventListener('keydown', onKey);
  };
}

/**
 * Says whether the key was used: while candidates wait, left and right flip through them instead, and while suggestions
 * are open, the arrows try them on.
 */
export function arrow(editor: Editor, toolbox: Toolbox, step: Point, shift: boolean): boolean {
  const document = editor.active;
  if (!document) return false;
  if (!shift && document.tokenWork.asked) return false;
  const flips = !shift && step.x !== 0 && document.fill.candidates.length > 0;
  if (flips && document.floating === null) return false;
  if (toolbox.nudge(step, shift)) return true;
  const far = shift ? STEP * FAST : STEP;
  document.view.panBy({ x: -step.x * far, y: -step.y * far });
  return true;
}

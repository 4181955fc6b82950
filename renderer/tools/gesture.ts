import type { Editor } from '../state/editor.svelte.ts';
import type { PointerInput } from './tool.ts';

/** What can be done to a gesture from outside: Escape, Enter and Backspace. */
export interface Gesture {
  cancel(): void;
  finish?(): void;
  stepBack?(): void;
}

/** Lets Escape reach a gesture until it ends; returns what ends it. */
export function beginGesture(editor: Editor, gesture: Gesture): () => void {
  const cancel = (): void => {
    gesture.cancel();
  };
  editor.cancelGesture = cancel;
  editor.finishGesture = gesture.finish ? () => gesture.finish?.() : null;
  editor.stepBackGesture = gesture.stepBack ? () => gesture.stepBack?.() : null;
  return () => {
    if (editor.cancelGesture !== cancel) return;
    editor.cancelGesture = null;
    editor.finishGesture = null;
    editor.stepBackGesture = null;
  };
}

const STILL = 3; // CSS px that a hand moves while it clicks

/** Whether a pointer went up where it came down. */
export function isClick(down: Pick<PointerInput, 'screen'>, up: Pick<PointerInput, 'screen'>): boolean {
  return Math.hypot(up.screen.x - down.screen.x, up.screen.y - down.screen.y) < STILL;
}

import type { Editor } from '../state/editor.svelte.ts';

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

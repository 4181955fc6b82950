import type { Editor } from '../state/editor.svelte.ts';

/** Gives up the gesture under way; says whether there was one. */
export function giveUpGesture(editor: Editor): boolean {
  const cancel = editor.cancelGesture;
  editor.cancelGesture = null;
  editor.finishGesture = null;
  editor.stepBackGesture = null;
  cancel?.();
  return cancel !== null;
}

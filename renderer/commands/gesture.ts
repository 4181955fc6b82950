import type { Editor } from '../state/editor.svelte.ts';

/** Gives up the gesture under way; says whether there was one. */
export function giveUpGesture(editor: Editor): boolean {
  const { gesture } = editor;
  editor.gesture = null;
  gesture?.cancel();
  return gesture !== null;
}

import type { Editor, Gesture } from '../state/editor.svelte.ts';
import type { PointerInput } from './tool.ts';

/** Lets Escape, Enter and Backspace reach a gesture until it ends; returns what ends it. */
export function beginGesture(editor: Editor, gesture: Gesture): () => void {
  const own: Gesture = {
    cancel() {
      gesture.cancel();
    },
    ...(gesture.finish && { finish: () => gesture.finish?.() }),
    ...(gesture.stepBack && { stepBack: () => gesture.stepBack?.() }),
  };
  editor.gesture = own;
  return () => {
    if (editor.gesture === own) editor.gesture = null;
  };
}

const STILL = 3; // CSS px that a hand moves while it clicks

/** Whether a pointer went up where it came down. */
export function isClick(down: Pick<PointerInput, 'screen'>, up: Pick<PointerInput, 'screen'>): boolean {
  return Math.hypot(up.screen.x - down.screen.x, up.screen.y - down.screen.y) < STILL;
}

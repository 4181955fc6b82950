import type { Editor } from '../../state/editor.svelte.ts';
import { watch } from '../watch.svelte.ts';

/** The keyboard is the canvas's once a piece floats, so that the arrows move it. Returns what stops following. */
export function followFloating(editor: Editor, host: HTMLElement): () => void {
  return watch(
    () => editor.active?.floating?.raster,
    (raster) => {
      if (raster) host.focus({ preventScroll: true });
    },
  );
}

import { untrack } from 'svelte';
import type { Editor } from '../../state/editor.svelte.ts';

/** Each document is worked on with the package that was chosen for it; a new one takes the package in use. Presets are as that has them. */
export function followPackage(editor: Editor): () => void {
  return $effect.root(() => {
    $effect(() => {
      const { packages, fillSettings } = editor;
      fillSettings.usual = packages.byRef(fillSettings.package)?.usual ?? null;
    });
    $effect(() => {
      const { active } = editor;
      untrack(() => {
        if (active === null) return;
        if (active.package !== null && editor.packages.byRef(active.package))
          editor.fillSettings.package = active.package;
        else active.package = editor.fillSettings.package;
      });
    });
  });
}

import { untrack } from 'svelte';
import type { Editor } from '../../state/editor.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';

/**
 * Each document is worked on with the package that was chosen for it; a project that is opened takes the one that its tokens
 * belong to, anything else the package in use. Presets are as that has them.
 */
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
        const chosen = active.package ?? packageOfTokens(editor, active);
        if (chosen !== null && editor.packages.byRef(chosen))
          active.package = editor.fillSettings.package = chosen;
        else active.package = editor.fillSettings.package;
      });
    });
  });
}

/** The build of a package that the newest tokens of a document were made with, where it is here; null where there are none. */
function packageOfTokens({ packages, fillSettings }: Editor, { current }: OpenDocument): string | null {
  const made = current.tokens.at(-1)?.package;
  if (!made) return null;
  const same = packages.list.filter(({ sha256 }) => sha256 === made.sha256);
  return (same.find(({ ref }) => ref === fillSettings.package) ?? same[0])?.ref ?? null;
}

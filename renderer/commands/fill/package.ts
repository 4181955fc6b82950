import type { AbortNotice } from '../../../core/contract/clients.ts';
import type { Editor } from '../../state/editor.svelte.ts';

/** Makes a package ready to run, if it is not yet. */
export async function readyPackage(editor: Editor, ref: string, signal: AbortNotice): Promise<void> {
  const { packages, engine } = editor;
  if (packages.byRef(ref)?.provider !== '') return;
  packages.loading = ref;
  try {
    packages.update(await engine.call('package.load', { ref }, { signal }));
  } finally {
    packages.loading = null;
  }
}

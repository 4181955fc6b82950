import type { AbortNotice } from '../../../core/contract/clients.ts';
import type { Editor } from '../../state/editor.svelte.ts';

/** Makes a package ready to run, if it is not yet. */
export async function readyPackage(editor: Editor, id: string, signal: AbortNotice): Promise<void> {
  const { packages, engine } = editor;
  if (packages.byId(id)?.provider !== '') return;
  packages.loading = id;
  try {
    packages.update(await engine.call('package.load', { id }, { signal }));
  } finally {
    packages.loading = null;
  }
}

import { TesseraError } from '../../core/base/errors.ts';
import type { Editor } from '../state/editor.svelte.ts';
import { leave } from './files/close.svelte.ts';
import { report } from './report.ts';

/** Shows whether there is a newer version, after asking the server of releases. */
export async function lookForUpdates(editor: Editor): Promise<void> {
  editor.dialog = 'updates';
  editor.update = await editor.main.call('updates.check', null);
}

/** Looks at the start where the person wants that, and says only what is news. Never rejects. */
export async function lookAtStart(editor: Editor): Promise<void> {
  if (!editor.preferences.lookForUpdates || !editor.appInfo?.updates) return;
  try {
    const found = await editor.main.call('updates.check', null);
    if (found.kind !== 'found') return; // no server at the start is nothing that anyone has to act on
    editor.notices.done(`Tessera ${found.version} can be had.`, {
      label: 'Show…',
      run: () => (editor.dialog = 'updates'),
    });
  } catch (error) {
    report(editor, error);
  }
}

/** Follows what main tells of an update. Returns the function that stops. */
export function followUpdates(editor: Editor): () => void {
  return editor.main.on('update', (state) => {
    editor.update = state;
  });
}

/** Why nothing can be installed just now; null where it can. */
export function workUnderWay({ documents, batch, activity }: Editor): string | null {
  if (batch.cancel !== null || documents.some(({ fill }) => fill.job !== null)) return 'A fill is running.';
  return activity === null ? null : 'Tessera is at work on a file.';
}

/** Installs what was downloaded and ends, after asking about what is unsaved; never in the middle of work. */
export async function installUpdate(editor: Editor): Promise<void> {
  const reason = workUnderWay(editor);
  if (reason !== null) throw new TesseraError('usage', reason, 'Install when that has ended.');
  editor.dialog = null; // questions are about what lies behind it
  await leave(editor, () => editor.main.call('updates.install', null));
}

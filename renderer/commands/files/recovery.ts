import type { Editor } from '../../state/editor.svelte.ts';
import { report } from '../report.ts';
import { readRecoverable } from './projects.ts';

/** Finds out what was left behind unsaved. */
export async function loadRecoverable(editor: Editor): Promise<void> {
  const open = editor.documents.map(({ id }) => id);
  editor.recoverable = await editor.engine.call('recovery.list', { open });
}

/** Opens a document that was left behind. */
export async function recover(editor: Editor, id: string): Promise<void> {
  const found = editor.recoverable.find(({ document }) => document === id);
  if (!found) return;
  try {
    editor.open(await readRecoverable(editor, id, found.name));
    forget(editor, id);
  } catch (error) {
    report(editor, error);
  }
}

/** Throws away a document that was left behind, if the person is sure: nothing brings it back. */
export async function discardRecoverable(editor: Editor, id: string): Promise<void> {
  const found = editor.recoverable.find(({ document }) => document === id);
  if (!found) return;
  try {
    const answer = await editor.main.call('dialog.ask', {
      message: `Delete the unsaved work on ${found.name}?`,
      detail: 'It cannot be brought back.',
      buttons: ['Delete', 'Cancel'],
    });
    if (answer !== 0) return;
    await editor.engine.call('recovery.drop', { document: id });
    forget(editor, id);
  } catch (error) {
    report(editor, error);
  }
}

function forget(editor: Editor, id: string): void {
  editor.recoverable = editor.recoverable.filter(({ document }) => document !== id);
}

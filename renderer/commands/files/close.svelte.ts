import type { Editor } from '../../state/editor.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import { report } from '../report.ts';
import { save } from './projects.ts';

const SAVE = 0;
const LEAVE = 1; // unsaved

/** Closes a document, after asking where something would be lost. Resolves to false where it stays open. */
export async function closeDocument(document: OpenDocument, editor: Editor): Promise<boolean> {
  if (document.edited) {
    const answer = await editor.main.call('dialog.ask', {
      message: `Do you want to save the changes to ${document.name}?`,
      detail: 'Otherwise they are lost, with the undo history.',
      buttons: ['Save', "Don't save", 'Cancel'],
    });
    if (answer !== SAVE && answer !== LEAVE) return false;
    if (answer === SAVE && !(await save(document, editor))) return false;
  }
  editor.close(document);
  await editor.engine.call('recovery.drop', { document: document.id });
  return true;
}

/** Closes all documents when the window is about to close, and lets it if none stays. Returns the function that stops. */
export function followClosing(editor: Editor): () => void {
  return editor.main.on('closing', () => {
    closeAll(editor).catch((error: unknown) => {
      report(editor, error);
    });
  });
}

async function closeAll(editor: Editor): Promise<void> {
  for (const document of editor.documents) {
    if (document.edited) editor.active = document; // shows what the question is about
    if (!(await closeDocument(document, editor))) return;
  }
  await editor.main.call('window.close', null);
}

/** Tells main what the title says, and whether closing would lose something. Returns the function that stops. */
export function followTitle(editor: Editor): () => void {
  return $effect.root(() => {
    $effect(() => {
      const name = editor.active?.name ?? null;
      const edited = editor.documents.some((document) => document.edited);
      editor.main.call('window.document', { name, edited }).catch((error: unknown) => {
        report(editor, error);
      });
    });
  });
}

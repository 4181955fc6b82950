import type { Editor } from '../../state/editor.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import { report } from '../report.ts';
import { placeFloating } from '../stitch/float.ts';
import { save } from './projects.ts';

const SAVE = 0;
const LEAVE = 1; // unsaved

/** How long a window that may close waits for an engine that is stuck, ms. */
const PATIENCE = 2000;

/** Closes a document, after asking where something would be lost. Resolves to false where it stays open. */
export async function closeDocument(document: OpenDocument, editor: Editor): Promise<boolean> {
  if (!(await mayGo(document, editor))) return false;
  editor.close(document);
  await forget(document, editor);
  return true;
}

/** Closes documents one after the other, until one of them is to stay. */
export async function closeAll(editor: Editor, documents: readonly OpenDocument[]): Promise<void> {
  for (const document of documents) {
    if (document.edited) editor.active = document; // shows what the question is about
    if (!(await closeDocument(document, editor))) return;
  }
}

/** Lets the window close when main asks, if every document may go. Returns the function that stops. */
export function followClosing(editor: Editor): () => void {
  let asking = false; // the person may press the window's button again
  return editor.main.on('closing', () => {
    if (asking) return;
    asking = true;
    leave(editor, () => editor.main.call('window.close', null))
      .catch((error: unknown) => {
        report(editor, error);
      })
      .finally(() => (asking = false));
  });
}

/** Ends the window by `end` if every document may go: all are asked about before the first of them is given up. */
export async function leave(editor: Editor, end: () => Promise<unknown>): Promise<void> {
  for (const document of editor.documents) {
    if (document.edited) editor.active = document; // shows what the question is about
    if (!(await mayGo(document, editor))) return;
  }
  const leaving = editor.documents;
  editor.leaving = true;
  editor.documents = []; // autosave lets go of them
  const forgotten = Promise.all(leaving.map((document) => forget(document, editor)));
  await Promise.race([forgotten, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
  try {
    await end();
  } finally {
    editor.leaving = false; // where the window is still there
  }
}

/** Whether nothing is lost with a document, or the person wants that. */
async function mayGo(document: OpenDocument, editor: Editor): Promise<boolean> {
  placeFloating(document); // it was brought in to stay
  if (!document.edited) return true;
  const answer = await editor.main.call('dialog.ask', {
    message: `Do you want to save the changes to ${document.name}?`,
    detail: 'Otherwise they are lost, with the undo history.',
    buttons: ['Save', "Don't save", 'Cancel'],
  });
  return answer === SAVE ? save(document, editor) : answer === LEAVE;
}

/** Clears away what the engine keeps of a document. What it does not clear now it clears at the next start. */
async function forget({ id, source, project }: OpenDocument, editor: Editor): Promise<void> {
  try {
    await editor.engine.call('recovery.drop', { document: id });
    const files = [source, project].flatMap((file) => (file ? [file.id] : []));
    if (files.length > 0) await editor.main.call('files.release', { files });
  } catch (error) {
    report(editor, error);
  }
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

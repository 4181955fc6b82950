import type { Document } from '../../../core/document/document.ts';
import type { History } from '../../../core/document/change.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import { takeSnapshot, withParts } from './parts.ts';

const INTERVAL = 2000; // ms: with the writing, no more than 5 s of work are ever lost

/** What the engine has kept of a document. */
interface Kept {
  readonly document: Document;
  readonly history: History;
}

/**
 * Keeps what changed, every few seconds, where a crash cannot reach it. What is saved or unchanged needs nothing; nothing
 * is done during a gesture. Returns the function that ends it.
 */
export function followAutosave(editor: Editor, failed: (error: unknown) => void): () => void {
  const kept = new WeakMap<OpenDocument, Kept>();
  let busy = false;

  const round = async (): Promise<void> => {
    if (busy || editor.cancelGesture !== null) return;
    busy = true;
    try {
      for (const document of editor.documents) await keepIfChanged(editor, document, kept);
    } catch (error) {
      failed(error);
    } finally {
      busy = false;
    }
  };
  const timer = setInterval(() => void round(), INTERVAL);
  return () => {
    clearInterval(timer);
  };
}

async function keepIfChanged(
  editor: Editor,
  document: OpenDocument,
  kept: WeakMap<OpenDocument, Kept>,
): Promise<void> {
  const { current, history, live, edited } = document;
  const before = kept.get(document);
  if (live !== null || (before?.document === current && before.history === history)) return;
  if (edited) {
    const snapshot = takeSnapshot(editor, document);
    const params = { document: document.id, json: snapshot.json };
    await withParts(editor, document, snapshot, () => editor.engine.call('recovery.keep', params));
  } else if (before) {
    await editor.engine.call('recovery.keep', { document: document.id, json: null });
  }
  kept.set(document, { document: current, history });
}

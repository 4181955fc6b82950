import { untrack } from 'svelte';
import { forgetTogether } from '../../core/document/undoBytes.ts';
import type { Editor } from '../state/editor.svelte.ts';

/** Keeps what undo retains of all open documents within what one of them may. Returns what stops it. */
export function followUndoLimit(editor: Editor): () => void {
  return $effect.root(() => {
    $effect(() => {
      const works = editor.documents.map(({ history }) => history);
      const limit = Math.min(...works.map((history) => history.limit));
      untrack(() => {
        const all = editor.documents.map(({ current, history }) => ({ document: current, history }));
        for (const [at, history] of forgetTogether(all, limit).entries()) {
          const document = editor.documents[at]!;
          if (document.history !== history) document.history = history;
        }
      });
    });
  });
}

import { flushSync } from 'svelte';
import { expect, it } from 'vitest';
import { undoBytes } from '../../../../core/document/undoBytes.ts';
import { followUndoLimit } from '../../../../renderer/commands/undoLimit.svelte.ts';
import { Editor } from '../../../../renderer/state/editor.svelte.ts';
import type { OpenDocument } from '../../../../renderer/state/openDocument.svelte.ts';
import { picturedDocument, select } from '../support/editor.ts';
import { FakeMain } from '../support/fakeMain.ts';
import { KeepingEngine } from '../support/keepingEngine.ts';

const STEP = 256 * 256; // bytes of a tile of a selection

it('what undo keeps of all open documents stays within what one of them may', () => {
  const editor = new Editor(new KeepingEngine(), new FakeMain());
  const stop = followUndoLimit(editor);
  const documents = [0, 1].map(() => {
    const document = picturedDocument({ x: 0, y: 0, width: 200, height: 200 });
    document.history = { ...document.history, limit: 12 * STEP };
    editor.open(document);
    return document;
  });
  const bytes = ({ history, current }: OpenDocument): number => undoBytes(history, current);
  for (const document of documents) {
    for (let i = 1; i < 10; i++) {
      select(document, { x: 0, y: 0, width: 10 * i, height: 10 });
      flushSync();
    }
  }
  expect(bytes(documents[0]!) + bytes(documents[1]!)).toBeLessThanOrEqual(12 * STEP);
  expect(documents[0]!.history.entries.length).toBeLessThan(9);
  expect(documents[1]!.history.entries.length).toBe(9); // it was changed last
  stop();
});

import type { Editor } from '../../state/editor.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import { selectLeastLikely } from '../tokens/model/heat.ts';
import { repair } from './run.ts';

/** Selects the share of the frame's tokens that the model finds least likely, as one step, and repairs them. */
export async function repairLeastLikely(editor: Editor, document: OpenDocument): Promise<void> {
  const before = document.current.selection;
  await selectLeastLikely(editor, document);
  // It tells by itself why nothing was selected.
  if (document.current.selection !== before) await repair(editor, document);
}

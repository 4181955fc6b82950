import type { Editor } from '../state/editor.svelte.ts';
import type { OpenDocument } from '../state/openDocument.svelte.ts';
import type { Command } from './command.ts';

/** The part of a command that needs an open document, and what else `may` asks of it. */
export function forDocument(
  act: (document: OpenDocument, editor: Editor) => void | Promise<void>,
  may: (document: OpenDocument, editor: Editor) => boolean = () => true,
): Pick<Command, 'enabled' | 'run'> {
  return {
    enabled: (editor) => editor.active !== null && may(editor.active, editor),
    run: (editor) => (editor.active ? act(editor.active, editor) : undefined),
  };
}

import type { TokenFile } from '../../../../core/tokens/tokenFile.ts';
import type { Editor } from '../../../state/editor.svelte.ts';
import type { OpenDocument } from '../../../state/openDocument.svelte.ts';
import { withActivity } from '../../files/activity.ts';
import { holeCells } from '../cells/hole.ts';
import { tokenFileOf } from './content.ts';
import { readySheet } from '../view/frameTokens.ts';

/** Asks where to, and writes the tokens of the frame: as JSON all that is known of them, as NPY the ids alone. */
export async function exportTokens(editor: Editor, document: OpenDocument): Promise<void> {
  const { tokens } = await readySheet(editor, document);
  const content = tokenFileOf(tokens, holeCells(document), document.current.canvas);
  const name = await writeTokens(editor, content, `${stemOf(document)}-tokens.json`);
  if (name !== null) editor.notices.done(`Exported ${name}.`);
}

/** Asks where to, and writes a token file; gives the file's name, null if it was called off. */
export async function writeTokens(
  editor: Editor,
  tokens: TokenFile,
  suggested: string,
): Promise<string | null> {
  const file = await editor.main.call('files.save', { kind: 'tokens', name: suggested });
  if (!file) return null;
  await withActivity(editor, `Exporting ${file.name}`, ({ signal }) =>
    editor.engine.call('tokens.write', { file: file.id, tokens }, { signal }),
  );
  return file.name;
}

/** The name of a document without its ending. */
export function stemOf({ name }: OpenDocument): string {
  return name.replace(/\.[^.]*$/, '');
}

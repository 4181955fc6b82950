import { takePiece } from '../../../core/document/piece.ts';
import { TesseraError } from '../../../core/base/errors.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import { readFile } from '../files/open.ts';
import { rememberFile } from '../files/recent.ts';
import { floatPiece } from './float.ts';

/** Asks which picture, and lays all of it over the active one. */
export async function placePicture(document: OpenDocument, editor: Editor): Promise<void> {
  const file = await editor.main.call('files.open', { kind: 'picture' });
  if (!file) return;
  const placed = await readFile(editor, file);
  floatPiece(editor, document, placed.current.picture, 'Place picture');
  await rememberFile(editor, file, placed);
}

/** The other open pictures, of which something can be placed. */
export function otherDocuments({ documents, active }: Editor): readonly OpenDocument[] {
  return documents.filter((document) => document !== active);
}

/** Lays what is selected in an open picture, or all of it, over the active one. */
export function placeFrom(editor: Editor, source: OpenDocument): void {
  const { active } = editor;
  if (!active) throw new TesseraError('usage', 'No picture is open.', 'Open one, or make a new canvas.');
  floatPiece(editor, active, takePiece(source.current), `Place from ${source.name}`);
}

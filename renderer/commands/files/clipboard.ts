import { TesseraError } from '../../../core/base/errors.ts';
import { boundsOf } from '../../../core/raster/bounds.ts';
import { fromFlat, readRect } from '../../../core/raster/flat.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import { cutSelected, floatPiece } from '../stitch/float.ts';
import { withActivity } from './activity.ts';
import { readPicture } from './readPicture.ts';
import { tilesOf } from './tilesOf.ts';

const PASTED = 'Clipboard'; // the name of a document that came from there

/** Copies what is selected (its bounds; what is not selected there is transparent), or all of the picture. */
export async function copy(document: OpenDocument, editor: Editor): Promise<void> {
  const { canvas, picture, selection } = document.current;
  const selected = boundsOf(selection);
  const rect = selected ?? canvas;
  const part = fromFlat(rect, 4, readRect(picture, rect));
  await withActivity(editor, 'Copying', async ({ signal }) => {
    const { bytes } = await editor.engine.call(
      'picture.write',
      {
        file: null,
        format: 'png',
        quality: 100,
        canvas: rect,
        tiles: tilesOf(part),
        ...(selected && { selection: tilesOf(fromFlat(rect, 1, readRect(selection, rect))) }),
        metadata: {},
      },
      { signal },
    );
    await editor.main.call('clipboard.writePicture', { png: bytes ?? new Uint8Array() });
  });
  editor.notices.done(`Copied ${rect.width} × ${rect.height} px.`);
}

/** Copies what is selected and takes it out of the picture. It stays selected, so that a fill can close the gap. */
export async function cut(document: OpenDocument, editor: Editor): Promise<void> {
  const before = document.current;
  await copy(document, editor);
  if (document.current === before) cutSelected(document);
}

/** Opens the clipboard's picture as a document of its own. */
export async function openClipboard(editor: Editor): Promise<void> {
  const document = await readClipboard(editor);
  document.markSaved(null);
  editor.open(document);
}

/** Lays the clipboard's picture over the middle of what is seen, where it floats until it is placed. */
export async function paste(editor: Editor): Promise<void> {
  const { active } = editor;
  if (!active) return openClipboard(editor);
  const { current } = await readClipboard(editor);
  floatPiece(editor, active, current.picture, 'Paste');
}

async function readClipboard(editor: Editor): Promise<OpenDocument> {
  const found = await editor.main.call('clipboard.readPicture', null);
  if (!found) {
    throw new TesseraError('input', 'The clipboard holds no picture.', 'Copy a picture, then paste it here.');
  }
  return readPicture(editor, { bytes: found.png, name: PASTED }, PASTED);
}

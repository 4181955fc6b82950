import { TesseraError } from '../../../core/ipc/errors.ts';
import { intersectRects } from '../../../core/pixels/rect.ts';
import type { Rect } from '../../../core/pixels/picture.ts';
import { boundsOf } from '../../../core/raster/bounds.ts';
import { fromFlat, readRect } from '../../../core/raster/flat.ts';

import { writeRect } from '../../../core/raster/write.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
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

/** Opens the clipboard's picture as a document of its own. */
export async function openClipboard(editor: Editor): Promise<void> {
  const document = await readClipboard(editor);
  document.markSaved(null);
  editor.open(document);
}

/** Lays the clipboard's picture onto the middle of what is seen; what reaches past the canvas is cut off. */
export async function paste(editor: Editor): Promise<void> {
  const document = editor.active;
  if (!document) return openClipboard(editor);
  const pasted = await readClipboard(editor);
  const { picture: source, canvas: size } = pasted.current;
  const { canvas, picture } = document.current;
  const { x, y } = document.view.centre;
  const at: Rect = {
    x: Math.round(x - size.width / 2),
    y: Math.round(y - size.height / 2),
    width: size.width,
    height: size.height,
  };
  const seen = intersectRects(at, canvas);
  if (seen.width <= 0 || seen.height <= 0) {
    throw new TesseraError(
      'usage',
      'The middle of the view is outside the picture.',
      'Move the picture into view and paste again.',
    );
  }
  const from = { ...seen, x: seen.x - at.x, y: seen.y - at.y };
  const pixels = over(readRect(source, from), readRect(picture, seen));
  document.commit(
    'Paste',
    { picture: writeRect(picture, seen, pixels) },
    { Size: `${size.width} × ${size.height} px` },
  );
  if (seen.width < at.width || seen.height < at.height) {
    editor.notices.done(
      'The pasted picture is larger than the canvas there; what reaches past it was cut off.',
    );
  }
}

async function readClipboard(editor: Editor): Promise<OpenDocument> {
  const found = await editor.main.call('clipboard.readPicture', null);
  if (!found) {
    throw new TesseraError('input', 'The clipboard holds no picture.', 'Copy a picture, then paste it here.');
  }
  return readPicture(editor, { bytes: found.png, name: PASTED }, PASTED);
}

/** Straight-alpha RGBA over RGBA (Porter and Duff 1984), into `above`. */
function over(above: Uint8Array, below: Uint8Array): Uint8Array {
  for (let i = 0; i < above.length; i += 4) {
    const a = above[i + 3]!;
    if (a === 255) continue;
    const rest = (below[i + 3]! * (255 - a)) / 255;
    const alpha = a + rest;
    for (let c = i; c < i + 3; c++) {
      above[c] = alpha === 0 ? 0 : Math.round((above[c]! * a + below[c]! * rest) / alpha);
    }
    above[i + 3] = Math.round(alpha);
  }
  return above;
}

import { TesseraError } from '../../../core/base/errors.ts';
import { combine } from '../../../core/selection/combine.ts';
import { openDocument } from '../../../core/document/document.ts';
import type { ParamsOf, PictureRead, TileSent } from '../../../core/contract/engineApi.ts';
import { fromTiles } from '../../../core/raster/make.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import { OpenDocument } from '../../state/openDocument.svelte.ts';
import { withActivity } from './activity.ts';

const OPEN = 0;

/**
 * Reads a picture file, or its bytes, as a new document that is not shown yet. Of a file that is damaged, what is there if
 * the person wants that: what is missing is selected then.
 */
export async function readPicture(
  editor: Editor,
  source: ParamsOf<'picture.read'>,
  name: string,
): Promise<OpenDocument> {
  try {
    return await readWhole(editor, source, name);
  } catch (error) {
    if (!('file' in source) || !(error instanceof TesseraError) || error.damaged !== true) throw error;
    const answer = await editor.main.call('dialog.ask', {
      message: `${name} is cut off or damaged.`,
      detail: 'What is there can be opened. What is missing is transparent and selected then.',
      buttons: ['Open what is there', 'Cancel'],
    });
    if (answer !== OPEN) throw error;
    return readWhole(editor, { ...source, partial: true }, name);
  }
}

function readWhole(editor: Editor, source: ParamsOf<'picture.read'>, name: string): Promise<OpenDocument> {
  return withActivity(editor, `Opening ${name}`, async ({ signal, onDone }) => {
    const tiles: TileSent[] = [];
    const read = await editor.engine.call('picture.read', source, {
      signal,
      onProgress(sent) {
        tiles.push(...sent.tiles);
        onDone(sent.done);
      },
    });
    if (read.frames > 1) {
      editor.notices.done(`${name} holds ${read.frames} pictures; number ${read.frame} is shown.`);
    }
    const canvas = { x: 0, y: 0, width: read.width, height: read.height };
    const document = new OpenDocument(name, openDocument(canvas, fromTiles(canvas, 4, tiles)), read.metadata);
    document.format = read.format;
    if ('partial' in source) tellMissing(editor, document, read);
    return document;
  });
}

/** The file is not what the document is any more: it is to be saved, and its pixels are kept by themselves. */
function tellMissing(
  editor: Editor,
  document: OpenDocument,
  { missing, height, width, name }: PictureRead,
): void {
  document.isPartial = true;
  if (missing) {
    const data = new Uint8Array(missing.width * missing.height).fill(255);
    const { changes } = combine(document.current.selection, { rect: missing, data }, 'replace');
    document.commit('Mark what is missing', { selection: { changes } });
  }
  document.markSaved(null);
  const share = missing ? Math.ceil((100 * missing.width * missing.height) / (width * height)) : 0;
  const what = missing ? `${share} % of it is missing, and selected now` : 'it may be coarser than it was';
  editor.notices.done(`${name} is damaged: ${what}.`);
}

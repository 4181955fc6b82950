import { openDocument } from '../../../core/document/document.ts';
import type { ParamsOf, TileSent } from '../../../core/contract/engineApi.ts';
import { fromTiles } from '../../../core/raster/make.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import { OpenDocument } from '../../state/openDocument.svelte.ts';
import { withActivity } from './activity.ts';

/** Reads a picture file, or its bytes, as a new document that is not shown yet. */
export function readPicture(
  editor: Editor,
  source: ParamsOf<'picture.read'>,
  name: string,
): Promise<OpenDocument> {
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
    return document;
  });
}

import { openDocument } from '../../../core/document/document.ts';
import { empty } from '../../../core/raster/make.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import { OpenDocument } from '../../state/openDocument.svelte.ts';
import { checkSize } from '../canvas/extend.ts';

const NAME = 'Untitled';

/** Opens an empty picture of a size, px. Throws 'limit' where it would be too large. */
export function newCanvas(
  editor: Editor,
  size: { readonly width: number; readonly height: number },
): OpenDocument {
  checkSize(size);
  const canvas = { x: 0, y: 0, ...size };
  const document = new OpenDocument(nextName(editor), openDocument(canvas, empty(canvas, 4)));
  editor.open(document);
  return document;
}

function nextName({ documents }: Editor): string {
  const names = new Set(documents.map(({ name }) => name));
  for (let number = 1; ; number++) {
    const name = number === 1 ? NAME : `${NAME} ${number}`;
    if (!names.has(name)) return name;
  }
}

import type { Rect } from '../../../core/base/geometry.ts';
import type { FileGrant, Look } from '../../../core/contract/mainApi.ts';
import { pictureSource, thumbnail } from '../../../core/raster/thumbnail.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import { refuse } from '../report.ts';

/** Puts a file that was opened or saved at the top of the recent ones, with how it looks. */
export async function rememberFile(
  editor: Editor,
  file: FileGrant,
  { current }: Pick<OpenDocument, 'current'>,
): Promise<void> {
  await editor.main.call('files.remember', { file: file.id, look: lookOf(current) });
}

const LOOK = { width: 96, height: 72 }; // px

/** The middle of a picture in the shape of all small pictures. */
function lookOf({ picture, canvas }: OpenDocument['current']): Look {
  const data = thumbnail(middleOf(canvas, LOOK.width / LOOK.height), LOOK, pictureSource(picture));
  return { ...LOOK, data: new Uint8Array(data.buffer) };
}

/** The largest part of that shape in the middle of a rectangle. */
function middleOf(rect: Rect, aspect: number): Rect {
  const width = Math.min(rect.width, rect.height * aspect);
  const height = width / aspect;
  return {
    x: rect.x + (rect.width - width) / 2,
    y: rect.y + (rect.height - height) / 2,
    width,
    height,
  };
}

/** Takes a file off the list of recent ones. */
export async function forgetFile(editor: Editor, id: string): Promise<void> {
  try {
    await editor.main.call('files.forget', { id });
  } catch (error) {
    refuse(editor, error);
  }
}

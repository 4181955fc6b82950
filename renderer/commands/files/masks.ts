import { combine } from '../../../core/selection/combine.ts';
import { readRect } from '../../../core/raster/flat.ts';
import { fromTiles } from '../../../core/raster/make.ts';
import { isEmpty } from '../../../core/raster/bounds.ts';
import { TesseraError } from '../../../core/base/errors.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import { withActivity } from './activity.ts';
import { tilesOf } from './tilesOf.ts';

/** Asks for a mask picture of the canvas's size and makes it the selection. */
export async function importMask(document: OpenDocument, editor: Editor): Promise<void> {
  const file = await editor.main.call('files.open', { kind: 'mask' });
  if (!file) return;
  const { canvas } = document.current;
  const { tiles } = await withActivity(editor, `Reading ${file.name}`, ({ signal }) =>
    editor.engine.call('mask.read', { file: file.id, canvas }, { signal }),
  );
  const data = readRect(fromTiles(canvas, 1, tiles), canvas);
  const selection = combine(document.current.selection, { rect: canvas, data }, 'replace');
  document.commit('Import mask', { selection }, [{ kind: 'file', name: file.name }]);
}

/** Asks where to, and writes the selection as a PNG mask: white is selected. */
export async function exportMask(document: OpenDocument, editor: Editor): Promise<void> {
  const { canvas, selection } = document.current;
  if (isEmpty(selection)) {
    throw new TesseraError('input', 'Nothing is selected.', 'Paint a selection, then export it.');
  }
  const name = `${document.name.replace(/\.[^.]*$/, '')}-mask.png`;
  const file = await editor.main.call('files.save', { kind: 'mask', name });
  if (!file) return;
  await withActivity(editor, `Exporting ${file.name}`, ({ signal }) =>
    editor.engine.call('mask.write', { file: file.id, canvas, tiles: tilesOf(selection) }, { signal }),
  );
  editor.notices.done(`Exported ${file.name}.`);
}

import type { MaskRead } from '../../../core/contract/engineApi.ts';
import { type Label, type LabelCount, meaningText } from '../../../core/pixels/masks/meaning.ts';
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
  const read = (label?: Label): Promise<MaskRead> =>
    withActivity(editor, `Reading ${file.name}`, ({ signal }) => {
      const params = { file: file.id, canvas, ...(label !== undefined && { label }) };
      return editor.engine.call('mask.read', params, { signal });
    });
  let mask = await read();
  if ('labels' in mask) {
    const label = await chooseLabel(editor, file.name, mask.labels);
    if (label === null) return;
    mask = await read(label);
  }
  if ('labels' in mask) return; // one was given
  const { tiles, meaning } = mask;
  const data = readRect(fromTiles(canvas, 1, tiles), canvas);
  const selection = combine(document.current.selection, { rect: canvas, data }, 'replace');
  document.commit('Import mask', { selection }, [{ kind: 'file', name: file.name }]);
  const text = meaningText(meaning);
  if (text !== null) editor.notices.done(text);
}

const MOST_CHOICES = 8; // what a box of the platform can show

/** Asks which label of a mask is meant; null where the person thought better of it. */
async function chooseLabel(
  editor: Editor,
  name: string,
  labels: readonly LabelCount[],
): Promise<Label | null> {
  const shown = labels.slice(0, MOST_CHOICES);
  const answer = await editor.main.call('dialog.ask', {
    message: `Which label of ${name} should be selected?`,
    detail: 'The picture has a value for each kind of thing in it. The largest are listed first.',
    buttons: [...shown.map(({ label }) => `Label ${label}`), 'Cancel'],
  });
  return shown[answer]?.label ?? null;
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

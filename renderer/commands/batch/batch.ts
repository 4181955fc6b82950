import { throwIfAborted } from '../../../core/base/abort.ts';
import { toErrorShape } from '../../../core/base/errors.ts';
import type { FileGrant, FolderGrant } from '../../../core/contract/mainApi.ts';
import { isMaskName, masksNamed, stemOf } from '../../../core/pixels/masks/maskNames.ts';
import type { BatchRow } from '../../state/batch.svelte.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import { refuse } from '../report.ts';
import { newSeed } from '../fill/seed.ts';
import { fillFile } from './fillFile.ts';

/** Asks for the folder of the pictures, of their masks, or of the results; what goes wrong becomes a notice. */
export async function chooseBatchFolder(
  editor: Editor,
  what: 'pictures' | 'masks' | 'results',
): Promise<void> {
  const { batch, main } = editor;
  try {
    if (what === 'results') batch.results = (await main.call('files.saveFolder', null)) ?? batch.results;
    else {
      const kind = what === 'masks' ? 'mask' : 'picture';
      batch[what] = (await main.call('files.openFolder', { kind })) ?? batch[what];
      batch.rows = batch.pictures ? rowsFor(batch.pictures, batch.masks) : [];
    }
  } catch (error) {
    refuse(editor, error);
  }
}

/** The pictures of a folder with their masks, which are found by name: beside them, or in a folder of their own. */
export function rowsFor(pictures: FolderGrant, masks: FolderGrant | null): readonly BatchRow[] {
  const isBeside = masks === null || masks.id === pictures.id;
  const names = pictures.files.map(({ name }) => name);
  return pictures.files
    .filter(({ name }) => !isBeside || !isMaskName(name, names))
    .map((picture) => {
      const others = isBeside ? pictures.files.filter((file) => file !== picture) : masks.files;
      const mask = maskOf(picture, others);
      return { picture, mask, state: 'waiting', text: mask ? '' : NO_MASK, share: 0 };
    });
}

const NO_MASK = 'No mask of its name';

function maskOf({ name }: FileGrant, files: readonly FileGrant[]): FileGrant | null {
  const [found] = masksNamed(
    name,
    files.map((file) => file.name),
  );
  return files.find((file) => file.name === found) ?? null;
}

/** Fills what waits, one picture after the other; one that fails stops no other. */
export async function runBatch(editor: Editor): Promise<void> {
  const { batch } = editor;
  const { results, format } = batch;
  if (!results || batch.cancel) return;
  const stop = new AbortController();
  batch.cancel = () => {
    stop.abort();
  };
  // Locked or not: all of them are filled with the same one.
  const seed = editor.fillSettings.seedLocked ? editor.fillSettings.seed : newSeed();
  try {
    for (const [index, row] of batch.rows.entries()) {
      if (row.state !== 'waiting' || stop.signal.aborted) continue;
      if (!row.mask) {
        batch.setRow(index, { state: 'skipped' });
        continue;
      }
      const name = `${stemOf(row.picture.name)}-filled.${format === 'jpeg' ? 'jpg' : format}`;
      try {
        const { file, exists } = await editor.main.call('files.saveIn', { folder: results.id, name });
        if (exists && batch.skipExisting) {
          batch.setRow(index, { state: 'skipped', text: `${name} is there already` });
          continue;
        }
        throwIfAborted(stop.signal);
        batch.setRow(index, { state: 'filling', text: '', share: 0 });
        await fillFile(editor, { picture: row.picture, mask: row.mask, file, format, seed }, {
          signal: stop.signal,
          onDone: (share) => {
            batch.setRow(index, { share });
          },
        }); // prettier-ignore
        batch.setRow(index, { state: 'done', text: name });
      } catch (error) {
        const { code, message } = toErrorShape(error);
        const aborted = code === 'aborted';
        batch.setRow(index, { state: aborted ? 'waiting' : 'failed', text: aborted ? '' : message });
      }
    }
  } finally {
    batch.cancel = null;
  }
}

/** Lets pictures be tried once more: those that failed, or all. */
export function retryBatch({ batch }: Editor, which: 'failed' | 'all'): void {
  batch.rows = batch.rows.map((row) =>
    which === 'all' || row.state === 'failed'
      ? { ...row, state: 'waiting', text: row.mask ? '' : NO_MASK, share: 0 }
      : row,
  );
}

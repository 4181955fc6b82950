import { throwIfAborted } from '../../../core/base/abort.ts';
import { toErrorShape } from '../../../core/base/errors.ts';
import type { FileGrant, FolderGrant } from '../../../core/contract/mainApi.ts';
import { isMaskName, masksNamed, stemOf } from '../../../core/pixels/masks/maskNames.ts';
import type { PackageInfo } from '../../../core/contract/packageApi.ts';
import type { Batch, BatchRow } from '../../state/batch.svelte.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import { packageInUse } from '../fill/order.ts';
import { refuse, report } from '../report.ts';
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

/** The package in use, and the same one elsewhere, where a person wants the pictures to be shared out. */
export function placesOf({ packages, batch }: Editor, inUse: PackageInfo): readonly PackageInfo[] {
  const same = packages.list.filter(({ ref, sha256 }) => sha256 === inUse.sha256 && ref !== inUse.ref);
  return [inUse, ...same.filter(({ ref }) => batch.alsoOn.includes(ref))];
}

/** Fills what waits, in each place one picture after the other; one that fails stops no other. */
export async function runBatch(editor: Editor): Promise<void> {
  const { batch } = editor;
  const { results } = batch;
  if (!results || batch.cancel) return;
  const stop = new AbortController();
  batch.cancel = () => {
    stop.abort();
  };
  // Locked or not: all of them are filled with the same one.
  const seed = editor.fillSettings.seedLocked ? editor.fillSettings.seed : newSeed();
  const waiting = [...batch.rows.keys()].filter((index) => batch.rows[index]!.state === 'waiting');
  try {
    const places = placesOf(editor, packageInUse(editor));
    let atWork = places.length;
    const fillAt = async (place: PackageInfo): Promise<void> => {
      for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
        if (stop.signal.aborted) break;
        const isUsable = await fillRow(editor, index, { results, place, seed, signal: stop.signal });
        if (isUsable || atWork === 1) continue;
        batch.setRow(index, { state: 'waiting', text: '' });
        waiting.unshift(index); // another place goes on
        break;
      }
      atWork--;
    };
    await Promise.all(places.map(fillAt));
  } catch (error) {
    report(editor, error);
  } finally {
    batch.cancel = null;
  }
}

interface RowToFill {
  readonly results: NonNullable<Batch['results']>;
  readonly place: PackageInfo;
  readonly seed: number;
  readonly signal: AbortSignal;
}

/** Fills one picture of many. @returns false where the place cannot be used any more */
async function fillRow(
  editor: Editor,
  index: number,
  { results, place, seed, signal }: RowToFill,
): Promise<boolean> {
  const { batch, main } = editor;
  const { picture, mask } = batch.rows[index]!;
  const { format } = batch;
  if (!mask) {
    batch.setRow(index, { state: 'skipped' });
    return true;
  }
  const name = `${stemOf(picture.name)}-filled.${format === 'jpeg' ? 'jpg' : format}`;
  try {
    const { file, exists } = await main.call('files.saveIn', { folder: results.id, name });
    if (exists && batch.skipExisting) {
      batch.setRow(index, { state: 'skipped', text: `${name} is there already` });
      return true;
    }
    throwIfAborted(signal);
    batch.setRow(index, { state: 'filling', text: '', share: 0 });
    const onDone = (share: number): void => {
      batch.setRow(index, { share });
    };
    await fillFile(editor, { picture, mask, file, format, seed, place }, { signal, onDone });
    batch.setRow(index, { state: 'done', text: name });
    return true;
  } catch (error) {
    const { code, message } = toErrorShape(error);
    const aborted = code === 'aborted';
    batch.setRow(index, { state: aborted ? 'waiting' : 'failed', text: aborted ? '' : message });
    return code !== 'package';
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

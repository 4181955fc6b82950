import { throwIfAborted } from '../../../core/base/abort.ts';
import { TesseraError } from '../../../core/base/errors.ts';
import { applyFill } from '../../../core/document/candidate.ts';
import { openDocument } from '../../../core/document/document.ts';
import type { TileSent } from '../../../core/contract/engineApi.ts';
import type { PackageInfo } from '../../../core/contract/packageApi.ts';
import type { FileGrant } from '../../../core/contract/mainApi.ts';
import { fromTiles } from '../../../core/raster/make.ts';
import { applyPatch } from '../../../core/raster/patch.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import type { ExportFormat } from '../../state/preferences.svelte.ts';
import type { ShownWork } from '../files/activity.ts';
import { tilesOf } from '../files/tilesOf.ts';
import { fillRecord } from '../fill/made.ts';
import { orderFill } from '../fill/order.ts';
import { readyPackage } from '../fill/package.ts';
import { paramsOf } from '../fill/params.ts';

/** One picture of many, and where its result goes. */
export interface FileToFill {
  readonly picture: FileGrant;
  readonly mask: FileGrant;
  readonly file: FileGrant; // that is written
  readonly format: ExportFormat;
  readonly seed: number;
  readonly place: PackageInfo; // the package in use, or the same one elsewhere
}

/**
 * Reads a picture and its mask, fills what the mask selects as the Fill panel is set, and writes the best candidate. Nothing of
 * it is shown or kept. Throws what the engine throws.
 */
export async function fillFile(
  editor: Editor,
  { picture, mask, file, format, seed, place }: FileToFill,
  { signal, onDone }: ShownWork,
): Promise<void> {
  const { engine, preferences } = editor;
  const tiles: TileSent[] = [];
  const read = await engine.call(
    'picture.read',
    { file: picture.id },
    {
      signal,
      onProgress: (sent) => {
        tiles.push(...sent.tiles);
      },
    },
  );
  const canvas = { x: 0, y: 0, width: read.width, height: read.height };
  const masked = await engine.call('mask.read', { file: mask.id, canvas }, { signal });
  if ('labels' in masked) throw labelsInMask(mask.name);
  const document = {
    ...openDocument(canvas, fromTiles(canvas, 4, tiles)),
    selection: fromTiles(canvas, 1, masked.tiles),
  };
  const order = { ...orderFill(editor, document), package: place };
  await readyPackage(editor, place.ref, signal);
  const run = { order, seed };
  const params = paramsOf(run, document);
  const started = performance.now();
  const outcome = await engine.call('fill.run', params, {
    signal,
    onProgress(progress) {
      if (progress.kind !== 'step') return;
      onDone((progress.frame + progress.done / progress.total) / params.frames.length);
    },
  });
  throwIfAborted(signal);
  const best = outcome.ranking[0]!;
  const filled = applyFill(document, outcome.candidates[best]!.patches, order.selection);
  const { version = '' } = editor.appInfo ?? {};
  const made = { sent: params, outcome, duration: performance.now() - started, version };
  const isKept = preferences.exportMetadata !== 'none';
  await engine.call(
    'picture.write',
    {
      file: file.id,
      format,
      quality: preferences.exportQuality,
      canvas,
      tiles: tilesOf(applyPatch(document.picture, filled)),
      metadata: isKept ? read.metadata : {},
      ...(preferences.exportMetadata === 'no-location' && { location: false }),
      ...(isKept && { record: fillRecord(run, made, best) }),
    },
    { signal },
  );
}

function labelsInMask(name: string): TesseraError {
  return new TesseraError(
    'input',
    `${name} is a picture of labels.`,
    'Export the label that is meant as a mask of its own.',
  );
}

import { fromFlat, readRect } from '../../../core/raster/flat.ts';
import { holeIn } from '../../../core/frames/hole.ts';
import { frameOptions, frameToFill, paramsFor, planFills } from '../../../core/fill/planFills.ts';
import { DEFAULT_SETTINGS } from '../../../core/fill/settings.ts';
import type { TileSent } from '../../../core/contract/engineApi.ts';
import type { PackageInfo } from '../../../core/contract/packageApi.ts';
import { type Document, openDocument } from '../../../core/document/document.ts';
import { fromTiles } from '../../../core/raster/make.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import type { Trial } from '../../state/addingModel.ts';
import { readyPackage } from '../fill/package.ts';

const SEED = 1;

/** Lets a model fill the middle of a sample picture; a tokenizer alone makes it from the tokens that it has. */
export async function tryModel(editor: Editor, info: PackageInfo, signal: AbortSignal): Promise<Trial> {
  const document = await sample(editor, signal);
  const { picture, selection } = document;
  const plans = planFills(document, frameOptions(info, null));
  await readyPackage(editor, info.ref, signal);
  const started = performance.now();
  if (info.fills) {
    const settings = { ...DEFAULT_SETTINGS, usual: info.usual, package: info.ref, seed: SEED };
    const { candidates } = await editor.engine.call('fill.run', paramsFor(document, plans, settings), {
      signal,
    });
    return { picture, selection, patches: candidates[0]!.patches, duration: performance.now() - started };
  }
  const plan = plans[0]!;
  const frame = frameToFill(document, plan, 0);
  const seen = { frame: plan.frame, region: frame.region, picture: readRect(picture, frame.region) };
  const { grid } = await editor.engine.call('tokens.encode', { package: info.ref, ...seen }, { signal });
  const cells = holeIn(selection, plan).flags;
  const hole = [...cells.keys()].filter((cell) => cells[cell] === 1);
  const asDecoded = { feather: 0, detail: 0, texture: 0 };
  const params = { package: info.ref, frame, hole, known: grid.ids, ids: grid.ids, ...asDecoded };
  const patch = await editor.engine.call('fill.compose', params, { signal });
  return { picture, selection, patches: [patch], duration: performance.now() - started };
}

/** The smallest of the pictures that come with Tessera, with its middle selected. */
async function sample(editor: Editor, signal: AbortSignal): Promise<Document> {
  const file = await editor.main.call('files.openSample', { id: 'coffee' });
  const tiles: TileSent[] = [];
  const { width, height } = await editor.engine.call(
    'picture.read',
    { file: file.id },
    { signal, onProgress: (sent) => tiles.push(...sent.tiles) },
  );
  const canvas = { x: 0, y: 0, width, height };
  const mask = new Uint8Array(width * height);
  for (let y = Math.floor(height / 3); y < (2 * height) / 3; y++) {
    mask.fill(255, y * width + Math.floor(width / 3), y * width + Math.floor((2 * width) / 3));
  }
  const document = openDocument(canvas, fromTiles(canvas, 4, tiles));
  return { ...document, selection: fromFlat(canvas, 1, mask) };
}

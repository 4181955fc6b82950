import type { Change } from '../../../../core/document/change.ts';
import type { Document, FrameTokens } from '../../../../core/document/document.ts';
import { pinTokens } from '../../../../core/document/tokenSheets.ts';
import { sameFrame } from '../../../../core/frames/frame.ts';
import type { PackageInfo } from '../../../../core/contract/packageApi.ts';
import { combine } from '../../../../core/selection/combine.ts';
import type { TokenEdit } from '../../../../core/tokens/edit.ts';
import { checkIds, createGrid, MASK, missingCells, type TokenGrid } from '../../../../core/tokens/grid.ts';
import { cellsMask } from '../../../../core/frames/cellRects.ts';
import type { TokenFile } from '../../../../core/tokens/tokenFile.ts';
import type { Editor } from '../../../state/editor.svelte.ts';
import type { OpenDocument } from '../../../state/openDocument.svelte.ts';
import { withActivity } from '../../files/activity.ts';
import { packageInUse } from '../../fill/order.ts';
import { checkPackage, frameIn } from './content.ts';
import { frameChange } from '../paint/change.ts';
import { type PaintStep, paintStep } from '../paint/paint.ts';
import { readyTokens } from '../view/frameTokens.ts';
import { holdStamp } from '../cells/stamps.ts';

/**
 * Asks for a token file and puts it where it belongs: into the frame if it has its size; else into the frame that it was
 * written for, which becomes the current one; else it becomes the stamp.
 */
export async function importTokens(editor: Editor, document: OpenDocument): Promise<void> {
  const info = packageInUse(editor);
  const file = await editor.main.call('files.open', { kind: 'tokens' });
  if (!file) return;
  const content = await withActivity(editor, `Reading ${file.name}`, ({ signal }) =>
    editor.engine.call('tokens.read', { file: file.id }, { signal }),
  );
  const grid = usableGrid(content, info);
  if (await goToFrame(editor, document, content)) {
    await putInFrame(editor, document, grid, content, file.name);
    return;
  }
  holdStamp(editor, { package: { id: info.id, sha256: info.sha256 }, grid }, info);
  const size = `${grid.width} × ${grid.height} tokens`;
  editor.notices.done(`${file.name} has another size than the frame: its ${size} are in the stamp.`);
}

/** An array of ids does not tell its package; then it is taken for one of the package in use. */
function usableGrid({ package: made, width, height, ids }: TokenFile, info: PackageInfo): TokenGrid {
  if (made.sha256 !== '') checkPackage(made, info);
  const grid = createGrid(width, height, ids);
  checkIds(grid, info.codes);
  return grid;
}

/** Whether the current frame is the file's; the one that it was written for is taken where that can be. */
async function goToFrame(editor: Editor, document: OpenDocument, content: TokenFile): Promise<boolean> {
  const { frame } = (await readyTokens(editor, document)).tokens;
  const { current } = document;
  const own = isOfPicture(content, current) ? frameIn(content, current.canvas) : null;
  const fits = frame.columns === content.width && frame.rows === content.height;
  if (!own || sameFrame(own, frame)) return fits;
  const { width, height } = own.rect;
  document.commit('Frame', frameChange(current, own), [{ kind: 'size', of: 'px', width, height }]);
  return true;
}

/** A place in another picture is none here; a file need not tell of which it was. */
function isOfPicture({ picture }: TokenFile, { canvas }: Document): boolean {
  return !picture || (picture.width === canvas.width && picture.height === canvas.height);
}

/** One step: the tokens that the file has are painted, its pins set, and what is missing there is selected. */
async function putInFrame(
  editor: Editor,
  document: OpenDocument,
  grid: TokenGrid,
  { pins }: TokenFile,
  name: string,
): Promise<void> {
  const also = (tokens: FrameTokens, { selection, canvas }: Document): [FrameTokens, Change] => {
    const missing = cellsMask(tokens.frame, missingCells(grid), canvas);
    return [pinTokens(tokens, pins, true), { selection: combine(selection, missing, 'add') }];
  };
  const step: PaintStep = { label: 'Import tokens', details: [{ kind: 'file', name }], also };
  await paintStep(editor, document, step, editOf(grid));
}

function editOf({ ids }: TokenGrid): TokenEdit {
  const cells = Int32Array.from(ids.keys()).filter((cell) => ids[cell] !== MASK);
  return { cells, ids: cells.map((cell) => ids[cell]!) };
}

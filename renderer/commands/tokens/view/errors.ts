import { changedCells } from '../../../../core/document/changedCells.ts';
import { cellBounds, cellsInPicture, growCells } from '../../../../core/frames/cells.ts';
import type { Frame } from '../../../../core/frames/frame.ts';
import type { PackageInfo } from '../../../../core/contract/packageApi.ts';
import type { Rect } from '../../../../core/base/geometry.ts';
import type { Raster } from '../../../../core/raster/raster.ts';
import { differingTiles } from '../../../../core/raster/tileMap.ts';
import { indicesOf } from '../../../../core/tokens/cells.ts';
import type { Editor } from '../../../state/editor.svelte.ts';
import type { OpenDocument } from '../../../state/openDocument.svelte.ts';
import type { SeenTokens } from '../../../state/tokens/tokenWork.svelte.ts';
import { seenBy } from '../../../../core/paint/frameSeen.ts';
import { encoderOf } from './encoder.ts';

const AROUND = 8; // tokens that the encoder is shown around those whose errors are asked for

/** The cells of a frame that show something else in one picture than in another. */
export function differingCells(frame: Frame, a: Raster, b: Raster): Int32Array {
  const changes = Array.from(differingTiles(a.tiles, b.tiles), (key) => ({
    key,
    before: a.tiles.get(key) ?? null,
    after: b.tiles.get(key) ?? null,
  }));
  const marks = changedCells(frame, { patch: { changes }, before: a.rect, after: b.rect });
  return marks ? indicesOf(marks) : new Int32Array();
}

/** Whether some errors of frame tokens are not those of the picture as it is. */
export function lacksErrors({ tokenWork: { frameTokens, stale } }: OpenDocument): boolean {
  return frameTokens !== null && (frameTokens.errors === null || stale.size > 0);
}

/** Measures the errors that frame tokens lack: of a few cells around them, of more all over the frame. */
export async function renewErrors(editor: Editor, document: OpenDocument, info: PackageInfo): Promise<void> {
  const { tokenWork } = document;
  const { stale, pictures } = tokenWork;
  const { frameTokens } = tokenWork;
  if (!frameTokens) return;
  const cells = [...stale];
  const part = frameTokens.errors && partAround(frameTokens.tokens.frame, cells, info);
  const { package: made, frame } = frameTokens.tokens;
  const errors = part
    ? await errorsIn(editor, frameTokens, part, cells)
    : (await pictures.get({ package: made, frame, picture: frameTokens.picture }, encoderOf(editor))).errors;
  if (tokenWork.frameTokens !== frameTokens) return; // there is another by now, and what it lacks is measured for it
  stale.clear();
  tokenWork.frameTokens = { ...frameTokens, errors };
}

/** A part of a frame (in tokens) that is worth while to be looked at alone; null where it is most of the frame. */
function partAround(frame: Frame, cells: readonly number[], info: PackageInfo): Rect | null {
  const grown = growCells(cellBounds(cells, frame), AROUND, frame);
  const smallest = Math.ceil(info.minSize / info.downsample); // tokens
  if (Math.min(grown.width, grown.height) < smallest) return null;
  return 2 * grown.width * grown.height <= frame.columns * frame.rows ? grown : null;
}

/** All errors of frame tokens, those of some cells measured anew. */
async function errorsIn(
  editor: Editor,
  { tokens, picture, errors }: SeenTokens,
  part: Rect,
  cells: readonly number[],
): Promise<Float32Array> {
  const { frame } = tokens;
  const small: Frame = {
    rect: cellsInPicture(part, frame),
    scale: frame.scale,
    columns: part.width,
    rows: part.height,
  };
  const params = { ...seenBy(small, picture), package: editor.refOf(tokens.package) };
  const encoded = await editor.engine.call('tokens.encode', params);
  const renewed = errors!.slice();
  for (const cell of cells) {
    const column = (cell % frame.columns) - part.x;
    const row = Math.floor(cell / frame.columns) - part.y;
    renewed[cell] = encoded.errors[row * part.width + column]!;
  }
  return renewed;
}

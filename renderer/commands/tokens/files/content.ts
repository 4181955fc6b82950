import type { Frame } from '../../../../core/frames/frame.ts';
import type { FrameTokens } from '../../../../core/document/document.ts';
import type { PackageInfo } from '../../../../core/contract/packageApi.ts';
import { type Rect, containsRect } from '../../../../core/base/geometry.ts';
import { MASK } from '../../../../core/tokens/grid.ts';
import { MISSING } from '../../../../core/tokens/provenance.ts';
import { TOKEN_FILE_FORMAT, type TokenFile } from '../../../../core/tokens/tokenFile.ts';
import { TesseraError } from '../../../../core/base/errors.ts';

/** Tokens as a file has them: what a fill would draw anew is missing there. Its frame counts from the canvas's corner. */
export function tokenFileOf(tokens: FrameTokens, hole: ReadonlySet<number>, canvas: Rect): TokenFile {
  const { frame, grid, pins, provenance } = tokens;
  const pinned = new Set(pins);
  const isMissing = (cell: number): boolean => hole.has(cell) && !pinned.has(cell);
  return {
    format: TOKEN_FILE_FORMAT,
    package: { id: tokens.package.id, sha256: tokens.package.sha256 },
    width: grid.width,
    height: grid.height,
    ids: Array.from(grid.ids, (id, cell) => (isMissing(cell) ? MASK : id)),
    pins: [...pins],
    provenance: provenance.map((how, cell) => (isMissing(cell) ? MISSING : how)),
    ...placeOf(frame, canvas),
  };
}

/** Where a frame lies in the picture, as a file tells it. */
export function placeOf({ rect, scale }: Frame, canvas: Rect): Pick<TokenFile, 'frame' | 'picture'> {
  return {
    frame: { rect: { ...rect, x: rect.x - canvas.x, y: rect.y - canvas.y }, scale },
    picture: { width: canvas.width, height: canvas.height },
  };
}

/**
 * The frame that a file was written for, on this canvas; null where it tells none, where it does not lie on the canvas,
 * or where its cells are not whole pixels.
 */
export function frameIn({ frame, width, height }: TokenFile, canvas: Rect): Frame | null {
  if (!frame) return null;
  const { rect: given, scale } = frame;
  const rect = { ...given, x: given.x + canvas.x, y: given.y + canvas.y };
  const unit = rect.width / width; // document px per token
  const whole = [rect.x, rect.y, unit].every(Number.isInteger) && rect.height === unit * height;
  return whole && containsRect(canvas, rect) ? { rect, scale, columns: width, rows: height } : null;
}

/** Ids mean something only with the codebook they were made for. Throws 'package' where that is another one. */
export function checkPackage(
  made: { readonly id: string; readonly sha256: string },
  info: Pick<PackageInfo, 'id' | 'sha256'>,
): void {
  if (made.sha256 === info.sha256) return;
  const same = made.id === info.id;
  throw new TesseraError(
    'package',
    same
      ? `These tokens were made with another build of the package ${made.id}.`
      : `These tokens were made with the package ${made.id}, and ${info.id} is in use.`,
    same ? 'Install that build to use them.' : 'Choose that package in the Model panel.',
  );
}

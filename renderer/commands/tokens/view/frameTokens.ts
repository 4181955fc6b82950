import type { Document, FrameTokens } from '../../../../core/document/document.ts';
import type { Editor } from '../../../state/editor.svelte.ts';
import type { Encodable } from '../../../state/tokens/encodings.ts';
import type { EncodedFrame } from '../../../../core/paint/requests.ts';
import type { OpenDocument } from '../../../state/openDocument.svelte.ts';
import type { PackageInfo } from '../../../../core/contract/packageApi.ts';
import type { TokenSheet } from '../../../state/tokens/tokenWork.svelte.ts';
import { ENCODED } from '../../../../core/tokens/provenance.ts';
import { MASK } from '../../../../core/tokens/grid.ts';
import { TesseraError } from '../../../../core/base/errors.ts';
import { differingCells } from './errors.ts';
import { packageInUse } from '../../fill/order.ts';
import { sameFrame } from '../../../../core/frames/sameFrame.ts';
import { seesSame } from '../../../../core/paint/frameSeen.ts';
import { sheetFrame, tokensOf } from '../../../../core/document/tokenSheets.ts';
import { encoderOf } from './encoder.ts';

/** What a sheet is made of: the frame, as the picture is, and what the document knows of its tokens. */
export interface SheetSource extends Encodable {
  readonly known: FrameTokens | null;
}

/**
 * The tokens of the frame at hand as the picture is now. What the document does not know is encoded; whoever asks
 * meanwhile waits for the same call. Where picture, frame or package change under it, it begins again; it rejects with
 * 'aborted' where the document is closed.
 */
export async function readySheet(editor: Editor, document: OpenDocument): Promise<TokenSheet> {
  const { pictures } = document.tokenWork;
  for (;;) {
    const source = sheetSource(document.current, packageInUse(editor));
    const sheet = sheetNow(document, source);
    if (sheet) return sheet;
    pictures.stopOthers(source);
    await pictures.get(source, encoderOf(editor)).catch((error: unknown) => {
      if (!isAborted(error) || !isOpen(editor, document)) throw error;
    });
    if (!isOpen(editor, document)) throw new TesseraError('aborted', 'Stopped.');
  }
}

/** Shows the sheet if nothing has to be encoded for it; else null, and a sheet of another frame is shown no more. */
export function sheetNow(document: OpenDocument, source: SheetSource): TokenSheet | null {
  const { tokenWork } = document;
  const shown = tokenWork.sheet;
  if (shown && !isOfFrame(shown, source)) leaveFrame(document);
  const next = isUpToDate(document, source) ? upToDate(document, source) : remade(document, source);
  if (next) {
    tokenWork.known = source.known;
    if (next !== tokenWork.sheet) tokenWork.sheet = next;
  }
  return next;
}

/** What the sheet of a document is made of by a package. */
export function sheetSource(document: Document, info: PackageInfo): SheetSource {
  const frame = sheetFrame(document, info);
  return {
    package: { id: info.id, sha256: info.sha256 },
    frame,
    picture: document.picture,
    known: tokensOf(document, frame, info.sha256),
  };
}

function isUpToDate(document: OpenDocument, source: SheetSource): boolean {
  const { sheet } = document.tokenWork;
  return (
    sheet !== null &&
    isOfFrame(sheet, source) &&
    document.tokenWork.known === source.known &&
    seesSame(source.frame, sheet.picture, source.picture)
  );
}

/** Something else of the picture may have changed, and old tiles are not to be kept. */
function upToDate(document: OpenDocument, { picture }: SheetSource): TokenSheet {
  const sheet = document.tokenWork.sheet!;
  return sheet.picture === picture ? sheet : { ...sheet, picture };
}

function remade(document: OpenDocument, source: SheetSource): TokenSheet | null {
  const { known, picture } = source;
  const { tokenWork } = document;
  const encoded = tokenWork.pictures.find(source);
  if (encoded) {
    tokenWork.stale.clear();
    const tokens = known && isComplete(known) ? known : mergedTokens(known, encoded, source);
    return { tokens, picture, errors: encoded.errors };
  }
  if (!known || !isComplete(known)) return null;
  return { tokens: known, picture, errors: errorsKept(document, source) };
}

/** What was measured stays where no pixel changed, and is measured again elsewhere when there is time. */
function errorsKept(document: OpenDocument, { frame, picture }: SheetSource): Float32Array | null {
  const shown = document.tokenWork.sheet;
  if (!shown?.errors) return null;
  const { stale } = document.tokenWork;
  for (const cell of differingCells(frame, shown.picture, picture)) stale.add(cell);
  return shown.errors;
}

/** Cells of one frame mean nothing in another. */
function leaveFrame({ tokenWork }: OpenDocument): void {
  tokenWork.sheet = null;
  tokenWork.hover = null;
  tokenWork.focus = null;
  tokenWork.chosen = [];
}

function isOfFrame({ tokens }: TokenSheet, source: SheetSource): boolean {
  return tokens.package.sha256 === source.package.sha256 && sameFrame(tokens.frame, source.frame);
}

function isOpen(editor: Editor, document: OpenDocument): boolean {
  return editor.documents.includes(document);
}

function isAborted(error: unknown): boolean {
  return error instanceof TesseraError && error.code === 'aborted';
}

/** Whether every token is known. */
function isComplete({ grid }: FrameTokens): boolean {
  return !grid.ids.includes(MASK);
}

/** What a document knows of the tokens of a frame, and what the tokenizer makes of the rest. */
function mergedTokens(known: FrameTokens | null, { grid }: EncodedFrame, of: Encodable): FrameTokens {
  const { frame, package: made } = of;
  if (!known) {
    const provenance = Array.from(grid.ids, () => ENCODED);
    return { package: { id: made.id, sha256: made.sha256 }, frame, grid, pins: [], provenance };
  }
  const isKnown = (cell: number): boolean => known.grid.ids[cell] !== MASK;
  const ids = grid.ids.map((id, cell) => (isKnown(cell) ? known.grid.ids[cell]! : id));
  return {
    ...known,
    grid: { ...grid, ids },
    provenance: known.provenance.map((was, cell) => (isKnown(cell) ? was : ENCODED)),
  };
}

import type { FrameTokens } from '../../../../core/document/document.ts';
import type { Editor } from '../../../state/editor.svelte.ts';
import type { Encodable } from '../../../state/tokens/encodings.ts';
import type { EncodedFrame } from '../../../../core/paint/requests.ts';
import type { OpenDocument } from '../../../state/openDocument.svelte.ts';
import type { PackageInfo } from '../../../../core/contract/packageApi.ts';
import type { SeenTokens } from '../../../state/tokens/tokenWork.svelte.ts';
import { ENCODED } from '../../../../core/tokens/provenance.ts';
import { MASK } from '../../../../core/tokens/grid.ts';
import { TesseraError } from '../../../../core/base/errors.ts';
import { differingCells } from './errors.ts';
import { packageInUse } from '../../fill/order.ts';
import { sameFrame } from '../../../../core/frames/frame.ts';
import { seesSame } from '../../../../core/paint/frameSeen.ts';
import { currentSheet } from '../../../state/tokens/tokensSeen.ts';
import { tokensOf } from '../../../../core/document/tokenSheets.ts';
import { encoderOf } from './encoder.ts';

/** What frame tokens are made of: the frame, as the picture is, and what the document knows of its tokens. */
export interface TokensSource extends Encodable {
  readonly known: FrameTokens | null;
}

/**
 * The tokens of the current frame as the picture is now. What the document does not know is encoded; a caller that asks
 * meanwhile waits for the same call. Where picture, frame or package change under it, it begins again; it rejects with
 * 'aborted' where the document is closed.
 */
export async function readyTokens(editor: Editor, document: OpenDocument): Promise<SeenTokens> {
  const { pictures } = document.tokenWork;
  for (;;) {
    const source = tokensSource(document, packageInUse(editor));
    const frameTokens = knownTokens(document, source);
    if (frameTokens) return frameTokens;
    pictures.stopOthers(source);
    await pictures.get(source, encoderOf(editor)).catch((error: unknown) => {
      if (!isAborted(error) || !isOpen(editor, document)) throw error;
    });
    if (!isOpen(editor, document)) throw new TesseraError('aborted', 'Stopped.');
  }
}

/** Shows the frame tokens if nothing has to be encoded for them; else null, and those of another frame are shown no more. */
export function knownTokens(document: OpenDocument, source: TokensSource): SeenTokens | null {
  const { tokenWork } = document;
  const shown = tokenWork.frameTokens;
  if (shown && !isOfFrame(shown, source)) tokenWork.leaveFrame();
  const next = isUpToDate(document, source) ? upToDate(document, source) : remade(document, source);
  if (next) {
    tokenWork.known = source.known;
    if (next !== tokenWork.frameTokens) tokenWork.frameTokens = next;
  }
  return next;
}

/** What a package makes the frame tokens of a document from. */
export function tokensSource(document: OpenDocument, info: PackageInfo): TokensSource {
  const { current } = document;
  const frame = currentSheet(document, info);
  return {
    package: { id: info.id, sha256: info.sha256 },
    frame,
    picture: current.picture,
    known: tokensOf(current, frame, info.sha256),
  };
}

function isUpToDate(document: OpenDocument, source: TokensSource): boolean {
  const { frameTokens } = document.tokenWork;
  return (
    frameTokens !== null &&
    isOfFrame(frameTokens, source) &&
    document.tokenWork.known === source.known &&
    seesSame(source.frame, frameTokens.picture, source.picture)
  );
}

/** Something else of the picture may have changed, and old tiles must not stay alive. */
function upToDate(document: OpenDocument, { picture }: TokensSource): SeenTokens {
  const frameTokens = document.tokenWork.frameTokens!;
  return frameTokens.picture === picture ? frameTokens : { ...frameTokens, picture };
}

function remade(document: OpenDocument, source: TokensSource): SeenTokens | null {
  const { known, picture } = source;
  const { tokenWork } = document;
  const encoded = tokenWork.pictures.find(source);
  if (encoded) {
    tokenWork.stale.clear();
    const tokens = known && isComplete(known) ? known : mergedTokens(known, encoded, source);
    return { tokens, picture, errors: encoded.errors };
  }
  if (!known || !isComplete(known)) return null;
  return { tokens: known, picture, errors: knownErrors(document, source) };
}

/** What was measured stays where no pixel changed, and is measured again elsewhere when there is time. */
function knownErrors(document: OpenDocument, { frame, picture }: TokensSource): Float32Array | null {
  const shown = document.tokenWork.frameTokens;
  if (!shown?.errors) return null;
  const { stale } = document.tokenWork;
  for (const cell of differingCells(frame, shown.picture, picture)) stale.add(cell);
  return shown.errors;
}

function isOfFrame({ tokens }: SeenTokens, source: TokensSource): boolean {
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

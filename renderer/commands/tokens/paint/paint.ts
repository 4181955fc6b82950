import type { Change } from '../../../../core/document/change.ts';
import type { Document, FrameTokens } from '../../../../core/document/document.ts';
import { sheetFrame } from '../../../../core/document/tokenSheets.ts';
import type { TokenEdit } from '../../../../core/tokens/edit.ts';
import type { Editor } from '../../../state/editor.svelte.ts';
import type { OpenDocument } from '../../../state/openDocument.svelte.ts';
import { packageInUse } from '../../fill/order.ts';
import { report } from '../../report.ts';
import { PaintGesture } from './gesture.ts';

/** A gesture that paints tokens: one undo step when it ends. */
export interface Painting {
  /** Puts tokens into cells; the picture follows as they are decoded. */
  paint(edit: TokenEdit): void;
  /** Waits for the last pixels and makes them part of the document; says whether it did. What goes wrong is told. */
  end(): Promise<boolean>;
  /** Leaves the document as it was. */
  cancel(): void;
}

/** What an undo step is called and tells, and what else it does. */
export interface PaintStep {
  readonly label: string;
  /** Shown with it, besides how many tokens and which codes. */
  readonly facts?: Readonly<Record<string, string>>;
  /** Given the tokens as painted and the document as it is then: the tokens to keep, and what else is to change. */
  readonly also?: (tokens: FrameTokens, document: Document) => readonly [FrameTokens, Change];
}

/**
 * Begins to paint on the frame of the sheet. A gesture that begins before the one before it has its pixels goes on from
 * there. Null where no package can be used, which is told.
 */
export function beginPainting(
  editor: Editor,
  document: OpenDocument,
  label: string,
  facts: Readonly<Record<string, string>> = {},
): Painting | null {
  return begin(editor, document, { label, facts });
}

/** Paints once, as one step; says whether it was done. */
export function paintOnce(
  editor: Editor,
  document: OpenDocument,
  label: string,
  edit: TokenEdit,
  facts: Readonly<Record<string, string>> = {},
): Promise<boolean> {
  return paintStep(editor, document, { label, facts }, edit);
}

/** The same, with what else the step does. */
export async function paintStep(
  editor: Editor,
  document: OpenDocument,
  step: PaintStep,
  edit: TokenEdit,
): Promise<boolean> {
  const painting = begin(editor, document, step);
  painting?.paint(edit);
  return (await painting?.end()) ?? false;
}

function begin(editor: Editor, document: OpenDocument, step: PaintStep): Painting | null {
  try {
    const frame = sheetFrame(document.current, packageInUse(editor));
    return new PaintGesture(editor, document, frame, step);
  } catch (error) {
    report(editor, error);
    return null;
  }
}

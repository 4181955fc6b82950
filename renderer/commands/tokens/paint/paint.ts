import type { Detail } from '../../../../core/document/details.ts';
import type { Document, FrameTokens } from '../../../../core/document/document.ts';
import type { Editor } from '../../../state/editor.svelte.ts';
import { type Frame, sameFrame } from '../../../../core/frames/frame.ts';
import type { LiveEdit, OpenDocument } from '../../../state/openDocument.svelte.ts';
import type { TokenEdit } from '../../../../core/tokens/edit.ts';
import type { TokenStroke } from '../../../state/tokens/tokenWork.svelte.ts';
import { decodePainted, fits, type Painted, pictureChanges, unpainted } from './painted.ts';
import { cellsSelected } from '../cells/hole.ts';
import { extendToFrame } from '../../canvas/extend.ts';
import { detailsOf, paintedTokens, tokensChange } from './change.ts';
import { isOutside } from './pixels.ts';
import { packageInUse } from '../../fill/order.ts';
import { readyTokens } from '../view/frameTokens.ts';
import { report } from '../../report.ts';
import { currentSheet } from '../../../state/tokens/tokensSeen.ts';
import { type Change, isEmptyChange } from '../../../../core/document/change.ts';

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
  readonly details?: readonly Detail[];
  /** Given the tokens as painted and the document as it is then: the tokens to keep, and what else is to change. */
  readonly also?: (tokens: FrameTokens, document: Document) => readonly [FrameTokens, Change];
}

/**
 * Begins to paint on the frame tokens. A gesture that begins before the one before it has its pixels goes on from
 * there. Null where no package can be used, which is told.
 */
export function beginPainting(
  editor: Editor,
  document: OpenDocument,
  label: string,
  details: readonly Detail[] = [],
): Painting | null {
  return begin(editor, document, { label, details });
}

/** Paints once, as one step; says whether it was done. */
export function paintOnce(
  editor: Editor,
  document: OpenDocument,
  label: string,
  edit: TokenEdit,
  details: readonly Detail[] = [],
): Promise<boolean> {
  return paintStep(editor, document, { label, details }, edit);
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
    const frame = currentSheet(document, packageInUse(editor));
    return new PaintGesture(editor, document, frame, step);
  } catch (error) {
    report(editor, error);
    return null;
  }
}

class PaintGesture implements Painting {
  private readonly editor: Editor;
  private readonly document: OpenDocument;
  private readonly frame: Frame;
  private readonly step: PaintStep;
  private readonly stop = new AbortController();
  private readonly before: Promise<unknown>; // the end of the gesture before this one
  private readonly over: () => void;
  private readonly ids = new Map<number, number>(); // all that was painted, by cell
  private readonly shown = new Set<number>(); // cells that the picture shows so
  private fresh = new Set<number>(); // cells that are not yet on their way
  private painted: Painted | null = null;
  private work: Promise<void> | null = null;
  private live: LiveEdit | null = null;
  private told: TokenStroke | null = null;
  private warned = false;

  constructor(editor: Editor, document: OpenDocument, frame: Frame, step: PaintStep) {
    this.editor = editor;
    this.document = document;
    this.frame = frame;
    this.step = step;
    this.before = document.tokenWork.painted;
    const { promise, resolve } = deferred();
    document.tokenWork.painted = promise;
    this.over = resolve;
  }

  paint({ cells, ids }: TokenEdit): void {
    if (this.isStopped()) return;
    this.makeRoom(cells);
    const { canvas } = this.document.current;
    cells.forEach((cell, i) => {
      if (isOutside(this.frame, cell, canvas)) this.warn();
      else this.put(cell, ids[i]!);
    });
    this.tell();
    this.work ??= this.decodeAll();
  }

  async end(): Promise<boolean> {
    try {
      await this.work;
      return !this.isStopped() && this.commit();
    } finally {
      this.leave();
    }
  }

  cancel(): void {
    this.stop.abort();
    this.leave();
  }

  private isStopped(): boolean {
    return this.stop.signal.aborted;
  }

  private put(cell: number, id: number): void {
    if (this.ids.get(cell) === id) return;
    this.ids.set(cell, id);
    this.shown.delete(cell);
    this.fresh.add(cell);
  }

  /** One call at a time; what comes meanwhile goes into the next one together. Never rejects. */
  private async decodeAll(): Promise<void> {
    try {
      await this.before;
      while (this.fresh.size > 0 && !this.isStopped()) await this.decodeNext();
    } catch (error) {
      if (!this.isStopped()) report(this.editor, error);
      this.cancel();
    } finally {
      this.work = null;
    }
  }

  private async decodeNext(): Promise<void> {
    const begun = (this.painted ??= await this.begin());
    if (this.isStopped()) return;
    const { fresh } = this;
    this.fresh = new Set();
    const edit = this.edit();
    const painted = await decodePainted(this.editor, begun, edit, fresh, this.stop.signal);
    if (this.isStopped() || this.painted !== begun) return;
    this.painted = painted;
    edit.cells.forEach((cell, i) => {
      if (this.ids.get(cell) === edit.ids[i]) this.shown.add(cell);
    });
    this.show({ picture: painted.picture });
    this.tell();
  }

  private async begin(): Promise<Painted> {
    const frameTokens = await readyTokens(this.editor, this.document);
    // The cells that were painted mean others in another frame.
    if (!sameFrame(frameTokens.tokens.frame, this.frame)) this.cancel();
    return unpainted(frameTokens, this.document.current);
  }

  private edit(): TokenEdit {
    const cells = Int32Array.from(this.ids.keys()).sort();
    return { cells, ids: cells.map((cell) => this.ids.get(cell)!) };
  }

  /** Something else may have changed the document meanwhile; then this was painted on what is no more. */
  private commit(): boolean {
    const { painted, document, step } = this;
    if (!painted || !fits(painted, document)) return false;
    const { current } = document;
    const { tokens } = painted.frameTokens;
    const edit = this.edit();
    const after = paintedTokens(tokens, edit, cellsSelected(current.selection, tokens.frame));
    const [result, more] = step.also?.(after, current) ?? [after, {}];
    const change: Change = {
      picture: pictureChanges(painted),
      ...(result !== tokens && tokensChange(current, result)),
      ...more,
    };
    if (isEmptyChange(change)) return false;
    document.commit(step.label, change, [...detailsOf(tokens.grid, edit), ...(step.details ?? [])]);
    return true;
  }

  /** A frame that was pulled out of the picture by hand asks for the picture to grow into it, as for a fill. */
  private makeRoom(cells: Int32Array): void {
    const { current } = this.document;
    if (!current.frame || !cells.some((cell) => isOutside(this.frame, cell, current.canvas))) return;
    try {
      extendToFrame(this.document);
    } catch (error) {
      report(this.editor, error);
    }
    if (this.document.current === current) return;
    // What was painted so far is painted again on the larger canvas.
    this.painted = null;
    this.shown.clear();
    this.fresh = new Set(this.ids.keys());
    this.show(null);
  }

  private warn(): void {
    if (this.warned) return;
    this.warned = true;
    this.editor.notices.done(
      'The frame reaches past the picture; tokens that lie outside it cannot be painted.',
    );
  }

  private tell(): void {
    this.told = this.document.tokenWork.stroke = { ids: this.ids, shown: this.shown };
  }

  /** Another gesture may show something by now. */
  private show(live: LiveEdit | null): void {
    const { document } = this;
    if (document.live !== null && document.live !== this.live) return;
    document.live = this.live = live;
  }

  private leave(): void {
    this.show(null);
    const { tokenWork } = this.document;
    if (tokenWork.stroke === this.told) tokenWork.stroke = null;
    this.over();
  }
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve!: () => void;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}

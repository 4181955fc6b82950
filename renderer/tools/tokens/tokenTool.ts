import { report } from '../../commands/report.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import type { TokenToolId } from '../../state/tools.svelte.ts';
import type { Point } from '../../state/view.svelte.ts';
import { beginGesture } from '../gesture.ts';
import type { PointerInput, Overlay, Tool } from '../tool.ts';
import type { CellGesture, ToolTokens, TokenKind } from './cellGesture.ts';
import { cursorOver, hoverOverlays, tokensAt } from './underPointer.ts';
import { atFocus, moveFocus } from './focus.ts';
import { pick } from './picker.ts';
import { PendingInput } from './pendingInput.ts';

interface Working {
  readonly gesture: CellGesture;
  readonly end: () => void; // of the gesture that Escape reaches
}

/**
 * A tool that works on the tokens of the frame. Where they are not known yet, its gesture waits for them: what the pointer
 * does meanwhile is done as soon as they are there.
 */
export class TokenTool implements Tool {
  readonly id: TokenToolId;
  private readonly editor: Editor;
  private readonly kind: TokenKind;
  private readonly pending: PendingInput;
  private working: Working | null = null;
  private pointer: PointerInput | null = null; // over the canvas

  constructor(editor: Editor, kind: TokenKind) {
    this.id = kind.id;
    this.editor = editor;
    this.kind = kind;
    this.pending = new PendingInput(editor, this);
  }

  down(input: PointerInput): void {
    this.pointer = input;
    this.start(input);
  }

  move(input: PointerInput): void {
    this.pointer = input;
    this.follow(input);
  }

  up(input: PointerInput): void {
    this.pointer = input;
    this.release(input);
  }

  press(): void {
    this.pointer = null; // the keyboard is what counts now
    const input = atFocus(this.editor);
    if (!input) return;
    const isUnderWay = this.working !== null || this.pending.isOpen;
    if (!isUnderWay) this.start(input);
    if (isUnderWay || this.kind.drags !== true) this.release(input);
  }

  private start(input: PointerInput): void {
    this.cancel();
    const document = this.editor.active;
    if (!document) return;
    const tokens = tokensAt(this.editor, document, this.kind, input);
    if (tokens) this.begin(tokens, input);
    else if (!this.kind.tokensAt) this.pending.wait(document, input);
  }

  private follow(input: PointerInput): void {
    if (!this.pending.add(input)) this.working?.gesture.move(input);
  }

  private release(input: PointerInput): void {
    if (this.pending.letGo()) return;
    this.working?.gesture.move(input);
    this.complete();
  }

  hover(input: PointerInput): void {
    this.pointer = input;
  }

  leave(): void {
    this.pointer = null;
  }

  nudge(step: Point, shift: boolean): boolean {
    const moved = moveFocus(this.editor, step, shift);
    const input = moved && this.pointer === null && atFocus(this.editor);
    if (input) this.follow(input);
    return moved;
  }

  cancel(): void {
    this.pending.giveUp();
    const { working } = this;
    this.working = null;
    working?.end();
    working?.gesture.cancel();
  }

  cursor(): string {
    return cursorOver(this.editor, this.kind, this.pointer);
  }

  overlays(): readonly Overlay[] {
    if (this.working) return this.working.gesture.overlays();
    return this.pointer ? hoverOverlays(this.editor, this.kind, this.pointer) : [];
  }

  /** Does what the pointer did while the tokens were not there yet. */
  catchUp(document: OpenDocument, inputs: readonly PointerInput[], isOver: boolean): void {
    const [first, ...rest] = inputs;
    const tokens = first && tokensAt(this.editor, document, this.kind, first);
    if (!tokens) return;
    this.begin(tokens, first);
    for (const input of rest) this.working?.gesture.move(input);
    if (isOver) this.complete();
  }

  private begin(tokens: ToolTokens, input: PointerInput): void {
    const { kind } = this;
    const { tokenWork } = tokens.document;
    const { chosen } = tokenWork;
    const gesture = input.alt && kind.alt === 'picks' ? pick(tokens, input) : kind.begin(tokens, input);
    if (tokenWork.chosen === chosen) tokenWork.chosen = []; // it was something else than choosing
    if (this.pointer) tokenWork.focus = null; // the pointer is what counts now
    if (gesture) this.working = { gesture, end: beginGesture(this.editor, this) };
  }

  private complete(): void {
    const { working } = this;
    this.working = null;
    if (!working) return;
    working.end();
    void Promise.resolve(working.gesture.end()).catch((error: unknown) => {
      report(this.editor, error);
    });
  }
}

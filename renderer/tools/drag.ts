import type { Editor } from '../state/editor.svelte.ts';
import type { OpenDocument } from '../state/openDocument.svelte.ts';
import type { ToolId } from '../state/tools.svelte.ts';
import { beginGesture, isClick } from './gesture.ts';
import type { Overlay, PointerInput, Tool } from './tool.ts';

/** A drag under way. */
export interface Drag<Held> {
  readonly document: OpenDocument;
  readonly held: Held; // what the pointer took hold of
  readonly from: PointerInput;
  readonly to: PointerInput;
}

/** A tool that is dragged from one point to another: it takes hold of something, follows the pointer, and lets go. */
export abstract class DragTool<Held> implements Tool {
  abstract readonly id: ToolId | 'float';
  protected readonly editor: Editor;
  protected drag: Drag<Held> | null = null;
  protected pointer: PointerInput | null = null; // over the canvas
  private endGesture: (() => void) | null = null;

  constructor(editor: Editor) {
    this.editor = editor;
  }

  down(input: PointerInput): void {
    this.cancel();
    const document = this.editor.active;
    const held = document && this.hold(document, input);
    if (!document || held === null) return;
    this.endGesture = beginGesture(this.editor, this);
    this.drag = { document, held, from: input, to: input };
    this.follow?.(this.drag);
  }

  move(input: PointerInput): void {
    this.pointer = input;
    if (!this.drag) return;
    this.drag = { ...this.drag, to: input };
    this.follow?.(this.drag);
  }

  up(input: PointerInput): void {
    this.move(input);
    const { drag } = this;
    this.release();
    if (drag) this.drop(drag, isClick(drag.from, drag.to));
  }

  hover(input: PointerInput): void {
    this.cancel();
    this.pointer = input;
  }

  leave(): void {
    this.pointer = null;
  }

  cancel(): void {
    const { drag } = this;
    this.release();
    if (drag) this.takeBack?.(drag);
  }

  abstract cursor(): string;

  overlays(): readonly Overlay[] {
    const { drag } = this;
    return drag && !isClick(drag.from, drag.to) ? (this.drawn?.(drag) ?? []) : [];
  }

  /** What a pointer takes hold of there; null where it is nothing. */
  protected abstract hold(document: OpenDocument, input: PointerInput): Held | null;

  /** The button went up; `clicked` where the pointer had hardly moved. */
  protected abstract drop(drag: Drag<Held>, clicked: boolean): void;

  /** The pointer is at `drag.to` by now; most show that by an overlay. */
  protected follow?(drag: Drag<Held>): void;

  /** Undoes what following did: the drag was given up. */
  protected takeBack?(drag: Drag<Held>): void;

  /** What is drawn over the picture once the pointer has moved. */
  protected drawn?(drag: Drag<Held>): readonly Overlay[];

  private release(): void {
    this.endGesture?.();
    this.endGesture = null;
    this.drag = null;
  }
}

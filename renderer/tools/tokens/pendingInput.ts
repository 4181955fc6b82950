import { report } from '../../commands/report.ts';
import { readyTokens } from '../../commands/tokens/view/frameTokens.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import { beginGesture } from '../gesture.ts';
import type { PointerInput } from '../tool.ts';

const LONG = 10_000; // ms after which a click is no longer expected to do anything

/** The tool that waits. */
export interface Waiting {
  cancel(): void;
  /** The tokens are there: this is what the pointer did meanwhile. */
  catchUp(document: OpenDocument, inputs: readonly PointerInput[], isOver: boolean): void;
}

interface Pending {
  readonly inputs: PointerInput[];
  isOver: boolean; // the button went up
  timer: ReturnType<typeof setTimeout> | undefined;
  readonly end: () => void; // of the gesture that Escape reaches
}

/** Queues what the pointer does while the tokens of a frame are being read. */
export class PendingInput {
  private readonly editor: Editor;
  private readonly tool: Waiting;
  private pending: Pending | null = null;

  constructor(editor: Editor, tool: Waiting) {
    this.editor = editor;
    this.tool = tool;
  }

  /** The button went down. */
  wait(document: OpenDocument, first: PointerInput): void {
    const end = beginGesture(this.editor, this.tool);
    const pending: Pending = { inputs: [first], isOver: false, timer: undefined, end };
    this.pending = pending;
    void this.read(document, pending);
  }

  /** Whether a gesture waits that is not over. */
  get isOpen(): boolean {
    return this.pending !== null && !this.pending.isOver;
  }

  /** Says whether the pointer's move was taken for later. */
  add(input: PointerInput): boolean {
    if (!this.pending || this.pending.isOver) return false;
    this.pending.inputs.push(input);
    return true;
  }

  /** Says whether the button that went up was of a gesture that waits. */
  letGo(): boolean {
    const { pending } = this;
    if (!pending || pending.isOver) return false;
    pending.isOver = true;
    pending.timer = setTimeout(() => {
      if (this.pending !== pending) return;
      this.giveUp();
      this.editor.notices.done(
        'The tokens were not read in time, so what you just did with them was left out.',
      );
    }, LONG);
    return true;
  }

  giveUp(): void {
    const { pending } = this;
    this.pending = null;
    clearTimeout(pending?.timer);
    pending?.end();
  }

  private async read(document: OpenDocument, pending: Pending): Promise<void> {
    try {
      await readyTokens(this.editor, document);
    } catch (error) {
      report(this.editor, error);
      if (this.pending === pending) this.giveUp();
      return;
    }
    if (this.pending !== pending) return;
    this.giveUp();
    this.tool.catchUp(document, pending.inputs, pending.isOver);
  }
}

import { report } from '../../commands/report.ts';
import { readySheet } from '../../commands/tokens/view/frameTokens.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import { beginGesture } from '../gesture.ts';
import type { PointerInput } from '../tool.ts';

const LONG = 6000; // ms after which nobody expects a click to do anything any more

/** The tool that waits. */
export interface Waiting {
  cancel(): void;
  /** The tokens are there: this is what the pointer did meanwhile. */
  catchUp(document: OpenDocument, inputs: readonly PointerInput[], isOver: boolean): void;
}

interface Kept {
  readonly inputs: PointerInput[];
  isOver: boolean; // the button went up
  timer: ReturnType<typeof setTimeout> | undefined;
  readonly end: () => void; // of the gesture that Escape reaches
}

/** Keeps what the pointer does while the tokens of a frame are being read. */
export class Patience {
  private readonly editor: Editor;
  private readonly tool: Waiting;
  private kept: Kept | null = null;

  constructor(editor: Editor, tool: Waiting) {
    this.editor = editor;
    this.tool = tool;
  }

  /** The button went down. */
  wait(document: OpenDocument, first: PointerInput): void {
    const end = beginGesture(this.editor, this.tool);
    const kept: Kept = { inputs: [first], isOver: false, timer: undefined, end };
    this.kept = kept;
    void this.read(document, kept);
  }

  /** Whether a gesture waits that is not over. */
  get isHeld(): boolean {
    return this.kept !== null && !this.kept.isOver;
  }

  /** Says whether the pointer's move was kept for later. */
  keep(input: PointerInput): boolean {
    if (!this.kept || this.kept.isOver) return false;
    this.kept.inputs.push(input);
    return true;
  }

  /** Says whether the button that went up was of a gesture that waits. */
  letGo(): boolean {
    const { kept } = this;
    if (!kept || kept.isOver) return false;
    kept.isOver = true;
    kept.timer = setTimeout(() => {
      if (this.kept === kept) this.giveUp();
    }, LONG);
    return true;
  }

  giveUp(): void {
    const { kept } = this;
    this.kept = null;
    clearTimeout(kept?.timer);
    kept?.end();
  }

  private async read(document: OpenDocument, kept: Kept): Promise<void> {
    try {
      await readySheet(this.editor, document);
    } catch (error) {
      report(this.editor, error);
      if (this.kept === kept) this.giveUp();
      return;
    }
    if (this.kept !== kept) return;
    this.giveUp();
    this.tool.catchUp(document, kept.inputs, kept.isOver);
  }
}

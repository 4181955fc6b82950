import type { Editor } from '../../state/editor.svelte.ts';
import type { TokenToolId } from '../../state/tools.svelte.ts';
import type { Sketch, Tool } from '../tool.ts';

/** A tool that works on the tokens of the frame. */
export class TokenTool implements Tool {
  readonly id: TokenToolId;
  protected readonly editor: Editor;

  constructor(editor: Editor, id: TokenToolId) {
    this.id = id;
    this.editor = editor;
  }

  down(): void {
    this.cancel();
  }

  move(): void {
    this.hover();
  }

  up(): void {
    this.cancel();
  }

  hover(): void {
    // Nothing follows the pointer.
  }

  cancel(): void {
    // Nothing lasts.
  }

  cursor(): string {
    return 'crosshair';
  }

  sketches(): readonly Sketch[] {
    return [];
  }
}

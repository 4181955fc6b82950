import type { Editor } from '../state/editor.svelte.ts';
import type { Point } from '../state/view.svelte.ts';
import type { PointerInput, Tool } from './tool.ts';

/** Drags the view; a double click shows the whole picture. */
export class PanTool implements Tool {
  readonly id = 'pan';
  private readonly editor: Editor;
  private last: Point | null = null; // screen px, while the view is dragged

  constructor(editor: Editor) {
    this.editor = editor;
  }

  down({ screen }: PointerInput): void {
    this.last = screen;
  }

  move({ screen }: PointerInput): void {
    if (!this.last) return;
    this.editor.active?.view.panBy({ x: screen.x - this.last.x, y: screen.y - this.last.y });
    this.last = screen;
  }

  up(): void {
    this.last = null;
  }

  hover(): void {
    this.last = null;
  }

  double(): void {
    const document = this.editor.active;
    document?.view.fit(document.current.canvas);
  }

  cancel(): void {
    this.last = null;
  }

  cursor(): string {
    return this.last ? 'grabbing' : 'grab';
  }

  overlays(): [] {
    return [];
  }
}

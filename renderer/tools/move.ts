import { isEmpty } from '../../core/raster/bounds.ts';
import type { CombineMode } from '../state/tools.svelte.ts';
import type { OpenDocument } from '../state/openDocument.svelte.ts';
import { SelectTool } from './selectTool.ts';

/** Moves what is selected, from wherever it is dragged; a floating piece has a tool of its own. */
export class MoveTool extends SelectTool<never> {
  readonly id = 'move';

  override mode(): CombineMode {
    return 'replace';
  }

  override cursor(): string {
    const document = this.editor.active;
    return document && this.moves(document) ? 'move' : 'not-allowed';
  }

  protected override moves({ current }: OpenDocument): boolean {
    return !isEmpty(current.selection);
  }

  protected begin(): null {
    return null;
  }

  protected select(): void {
    // Nothing is drawn.
  }
}

import type { CombineMode } from '../state/tools.svelte.ts';
import type { Coverage } from '../../core/pixels/picture.ts';
import type { Detail } from '../../core/document/details.ts';
import type { Editor } from '../state/editor.svelte.ts';
import type { Keys, PointerInput, Tool } from './tool.ts';
import type { OpenDocument } from '../state/openDocument.svelte.ts';
import type { Point } from '../state/view.svelte.ts';
import { containsPoint } from '../../core/base/geometry.ts';
import { colourRange, wand } from '../../core/selection/wand.ts';
import { combineMode, selectShape } from './select.ts';
import { sampleAt } from '../../core/raster/flat.ts';

/** What sets one way of selecting by a click apart from another. */
export interface PickKind {
  readonly id: 'wand' | 'colour';
  readonly label: string; // of the undo step
  /** What a click on a pixel (whole numbers, document px) selects. */
  cover(document: OpenDocument, pixel: Point): Coverage;
  details(): readonly Detail[];
}

/** Selects what is like the pixel that is clicked, as soon as the button goes down. */
export class PickTool implements Tool {
  readonly id: PickKind['id'];
  private readonly editor: Editor;
  private readonly kind: PickKind;

  constructor(editor: Editor, kind: PickKind) {
    this.id = kind.id;
    this.editor = editor;
    this.kind = kind;
  }

  down(input: PointerInput): void {
    const document = this.editor.active;
    if (!document) return;
    const pixel = { x: Math.floor(input.x), y: Math.floor(input.y) };
    if (!containsPoint(document.current.canvas, pixel)) return;
    const mode = this.mode(input);
    selectShape(document, this.kind.label, this.kind.cover(document, pixel), mode, this.kind.details());
  }

  move(): void {
    // Only where the button goes down counts.
  }

  up(): void {
    // It was done when the button went down.
  }

  hover(): void {
    // Nothing shows what would be selected.
  }

  cancel(): void {
    // Nothing lasts.
  }

  mode(keys: Keys): CombineMode {
    return combineMode(this.editor.tools.combine, keys);
  }

  cursor(): string {
    return 'crosshair';
  }

  overlays(): [] {
    return [];
  }
}

/** Selects what looks like the pixel that is clicked, beside it or everywhere. */
export function createWand(editor: Editor): PickTool {
  const { tools } = editor;
  return new PickTool(editor, {
    id: 'wand',
    label: 'Wand',
    cover: ({ current }, { x, y }) => {
      const { tolerance, contiguous } = tools;
      return wand(current.picture, current.canvas, x, y, { tolerance, contiguous });
    },
    details: () => [
      { kind: 'levels', of: 'tolerance', levels: tools.tolerance },
      { kind: 'contiguous', contiguous: tools.contiguous },
    ],
  });
}

/** Selects a colour wherever it is, the more the nearer a pixel comes to it. */
export function createColour(editor: Editor): PickTool {
  const { tools } = editor;
  return new PickTool(editor, {
    id: 'colour',
    label: 'Select by colour',
    cover: ({ current: { picture, canvas } }, { x, y }) =>
      colourRange(picture, canvas, sampleAt(picture, x, y), tools.fuzziness),
    details: () => [{ kind: 'levels', of: 'fuzziness', levels: tools.fuzziness }],
  });
}

import type { Point } from '../../core/base/geometry.ts';
import { isEmpty } from '../../core/raster/bounds.ts';
import { sampleAt } from '../../core/raster/flat.ts';
import { applyPatch } from '../../core/raster/patch.ts';
import { moveSelection } from '../../core/selection/combine.ts';
import type { OpenDocument } from '../state/openDocument.svelte.ts';
import type { CombineMode } from '../state/tools.svelte.ts';
import { type Drag, DragTool } from './drag.ts';
import { combineMode, deselect } from './select.ts';
import type { Keys, Overlay, PointerInput } from './tool.ts';

const FAST = 10; // px that an arrow moves a selection with Shift
const HALF = 128; // from which a px counts as selected
const MOVED = 'moved'; // what a drag holds that moves what is selected

/** A tool that selects by a drag. A drag that begins inside what is selected moves that instead, and the arrows nudge it. */
export abstract class SelectTool<Drawn> extends DragTool<Drawn | typeof MOVED> {
  mode(keys: Keys): CombineMode {
    return combineMode(this.editor.tools.combine, keys);
  }

  nudge({ x, y }: Point, shift: boolean): boolean {
    const document = this.editor.active;
    if (!document || isEmpty(document.current.selection)) return false;
    const by = shift ? FAST : 1;
    commitMove(document, { x: x * by, y: y * by });
    return true;
  }

  cursor(): string {
    const document = this.editor.active;
    const moves = this.drag
      ? this.drag.held === MOVED
      : document !== null && this.pointer !== null && this.moves(document, this.pointer);
    return moves ? 'move' : 'crosshair';
  }

  /** Whether a drag from there moves what is selected. */
  protected moves({ current: { selection } }: OpenDocument, input: PointerInput): boolean {
    return this.mode(input) === 'replace' && sampleAt(selection, input.x, input.y)[0]! >= HALF;
  }

  /** What is begun at a point; null where nothing is. */
  protected abstract begin(input: PointerInput): Drawn | null;

  /** Makes what was drawn the selection, or joins it. */
  protected abstract select(drag: Drag<Drawn>, clicked: boolean): void;

  /** How what is drawn shows. */
  protected outline?(drag: Drag<Drawn>): readonly Overlay[];

  /** The pointer has moved on. */
  protected extend?(drag: Drag<Drawn>): void;

  protected hold(document: OpenDocument, input: PointerInput): Drawn | typeof MOVED | null {
    return this.moves(document, input) ? MOVED : this.begin(input);
  }

  protected drop(drag: Drag<Drawn | typeof MOVED>, clicked: boolean): void {
    if (!draws(drag)) {
      drag.document.live = null;
      if (!clicked) commitMove(drag.document, way(drag));
      else if (this.mode(drag.from) === 'replace') deselect(drag.document);
    } else this.select(drag, clicked);
  }

  protected override follow(drag: Drag<Drawn | typeof MOVED>): void {
    if (draws(drag)) this.extend?.(drag);
    else {
      const { selection } = drag.document.current;
      drag.document.live = { selection: applyPatch(selection, moveSelection(selection, way(drag))) };
    }
  }

  protected override takeBack(drag: Drag<Drawn | typeof MOVED>): void {
    if (!draws(drag)) drag.document.live = null;
  }

  protected override drawn(drag: Drag<Drawn | typeof MOVED>): readonly Overlay[] {
    return draws(drag) ? (this.outline?.(drag) ?? []) : [];
  }
}

function draws<Drawn>(drag: Drag<Drawn | typeof MOVED>): drag is Drag<Drawn> {
  return drag.held !== MOVED;
}

/** How far the pointer has come, in whole px. */
function way({ from, to }: Drag<unknown>): Point {
  return { x: Math.round(to.x - from.x), y: Math.round(to.y - from.y) };
}

function commitMove(document: OpenDocument, by: Point): void {
  document.commit('Move selection', { selection: moveSelection(document.current.selection, by) });
}

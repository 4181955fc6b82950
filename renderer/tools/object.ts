import { containsPoint } from '../../core/base/geometry.ts';
import { pointAtObject } from '../commands/selection/object.ts';
import type { CombineMode } from '../state/tools.svelte.ts';
import { type Drag, DragTool } from './drag.ts';
import { isClick } from './gesture.ts';
import { combineMode } from './select.ts';
import type { Keys, Overlay, PointerInput } from './tool.ts';

const RADIUS = 4; // CSS px around the pointer that surely belong to the object

/** Selects an object by a click on it or a rough stroke along it; Shift and Alt strokes say what it lacks or has too much. */
export class ObjectTool extends DragTool<PointerInput[]> {
  readonly id = 'object';

  mode(keys: Keys): CombineMode {
    return combineMode(this.editor.tools.combine, keys);
  }

  cursor(): string {
    return 'crosshair';
  }

  protected hold(): PointerInput[] {
    return [];
  }

  protected override follow({ held, to }: Drag<PointerInput[]>): void {
    held.push(to);
  }

  protected drop({ document, held: points, from }: Drag<PointerInput[]>): void {
    const radius = RADIUS / document.view.zoom;
    const drawn = points.every((point) => isClick(from, point)) ? [from] : points;
    const inside = drawn
      .filter((point) => containsPoint(document.current.canvas, point))
      .map(({ x, y }) => ({ x, y }));
    if (inside.length > 0)
      void pointAtObject(this.editor, document, { points: inside, radius }, this.mode(from));
  }

  protected override drawn({ held: points }: Drag<PointerInput[]>): Overlay[] {
    return [{ kind: 'path', points, corners: false }];
  }
}

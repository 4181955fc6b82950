import { polygon } from '../../core/selection/shapes.ts';
import type { Point } from '../state/view.svelte.ts';
import type { Drag } from './drag.ts';
import { isClick } from './gesture.ts';
import { deselect, selectShape } from './select.ts';
import { SelectTool } from './selectTool.ts';
import type { Overlay } from './tool.ts';

interface Drawn {
  readonly points: Point[]; // document px
  moved: boolean;
}

/** Selects what is drawn around by hand; the end joins the beginning. A click lets go of what is selected. */
export class LassoTool extends SelectTool<Drawn> {
  readonly id = 'lasso';

  protected begin(): Drawn {
    return { points: [], moved: false };
  }

  protected override extend({ held, from, to }: Drag<Drawn>): void {
    held.moved ||= !isClick(from, to);
    held.points.push({ x: to.x, y: to.y });
  }

  protected select({ document, held: { points, moved }, from }: Drag<Drawn>): void {
    const mode = this.mode(from);
    if (moved) selectShape(document, 'Lasso', polygon(points, document.current.canvas), mode);
    else if (mode === 'replace') deselect(document);
  }

  protected override outline({ held: { points } }: Drag<Drawn>): Overlay[] {
    return [{ kind: 'path', points, corners: false }];
  }
}

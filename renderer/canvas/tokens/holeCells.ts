import type { Frame } from '../../../core/frames/frame.ts';
import type { Raster } from '../../../core/raster/raster.ts';
import { holeOfPlan } from '../../../core/frames/holeOfPlan.ts';

/** The hole of a frame by what is selected; remembers the last. */
export class HoleCells {
  private kept: { selection: Raster; frame: Frame; cells: Uint8Array | null } | null = null;

  /** [rows * columns], 1 in the hole; null where there is none. */
  of(selection: Raster, frame: Frame): Uint8Array | null {
    if (this.kept?.selection !== selection || this.kept.frame !== frame) {
      const cells = selection.tiles.size > 0 ? holeOfPlan(selection, { frame, bounds: frame.rect }) : null;
      this.kept = { selection, frame, cells };
    }
    return this.kept.cells;
  }
}

import type { FramePlan } from '../../../core/frames/planFrames.ts';
import type { PixelPatch } from '../../../core/pixels/picture.ts';
import type { Rect } from '../../../core/base/geometry.ts';
import type { FillJobState, FillSession } from '../../state/fillSession.svelte.ts';
import { colourTokens, opaque, palettePixels } from './tokenColours.ts';

/** The tokens of one frame, a pixel each. */
export interface FrameView {
  readonly plan: FramePlan;
  readonly grid: HTMLCanvasElement;
}

const PERIOD = 2400; // ms in which the light runs over a frame once
const PACE = 50; // ms from one of its steps to the next
const STILL = matchMedia('(prefers-reduced-motion: reduce)');

/** What the tokens of the fill under way look like: of the frame that is worked on, and of those that wait. */
export class TokenView {
  private readonly grids = new Map<number, HTMLCanvasElement>();
  private palette: Uint32Array = new Uint32Array();
  private paletteOf: readonly string[] | null = null;
  /** The newest preview of the frame under way, and the tokens that were known when it came. */
  private decoded: { patch: PixelPatch; ids: Int32Array | undefined } | null = null;
  private made: { key: readonly unknown[]; views: FrameView[] } = { key: [], views: [] };

  /** The frame under way looks different though nothing has happened. */
  moving({ job }: FillSession): { rect: Rect; every: number } | null {
    const plan = job?.plans[job.frame];
    return plan && !STILL.matches ? { rect: plan.bounds, every: PACE } : null;
  }

  views({ job, last }: FillSession, accent: string): FrameView[] {
    if (!job || !last) return [];
    const phase = STILL.matches ? null : phaseAt(performance.now() - job.startedAt);
    const key = [job, phase, accent];
    if (key.some((part, index) => part !== this.made.key[index])) {
      this.rememberPalette(last.package.palette.colors);
      this.made = { key, views: this.make(job, accent, phase) };
    }
    return this.made.views;
  }

  private make(job: FillJobState, accent: string, phase: number | null): FrameView[] {
    const ids = job.ids[0];
    const decoded = this.rememberDecoded(job.previews[0]?.[job.frame] ?? null, ids);
    const colours = { palette: this.palette, veil: opaque(accent) };
    return job.plans.flatMap((plan, index) => {
      if (index < job.frame) return [];
      const grid =
        index === job.frame
          ? this.paint(index, plan, ids, decoded, { ...colours, phase })
          : this.paint(index, plan, undefined, undefined, { ...colours, phase: null });
      return [{ plan, grid }];
    });
  }

  private paint(
    index: number,
    { frame: { columns, rows } }: FramePlan,
    ids: Int32Array | undefined,
    decoded: Int32Array | undefined,
    colours: Parameters<typeof colourTokens>[4],
  ): HTMLCanvasElement {
    const canvas = this.grids.get(index) ?? document.createElement('canvas');
    this.grids.set(index, canvas);
    if (canvas.width !== columns || canvas.height !== rows) [canvas.width, canvas.height] = [columns, rows];
    const image = new ImageData(columns, rows);
    colourTokens(new Uint32Array(image.data.buffer), columns, ids, decoded, colours);
    canvas.getContext('2d')!.putImageData(image, 0, 0);
    return canvas;
  }

  private rememberPalette(colours: readonly string[]): void {
    if (colours === this.paletteOf) return;
    this.palette = palettePixels(colours);
    this.paletteOf = colours;
  }

  private rememberDecoded(patch: PixelPatch | null, ids: Int32Array | undefined): Int32Array | undefined {
    if (patch === null) this.decoded = null;
    else if (patch !== this.decoded?.patch) this.decoded = { patch, ids };
    return this.decoded?.ids;
  }
}

/** Where the light is, 0 .. 1, in steps. */
function phaseAt(elapsed: number): number {
  return ((Math.floor(elapsed / PACE) * PACE) % PERIOD) / PERIOD;
}

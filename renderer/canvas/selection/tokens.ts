import type { FramePlan } from '../../../core/frames/planFrames.ts';
import type { PixelPatch } from '../../../core/pixels/patch.ts';
import type { FillSession } from '../../state/fillSession.svelte.ts';
import { colourTokens, opaque, palettePixels } from './tokenColours.ts';

/** The tokens of one frame, a pixel each. */
export interface FrameView {
  readonly plan: FramePlan;
  readonly grid: HTMLCanvasElement;
  readonly moves: boolean;
}

const PERIOD = 2400; // ms in which the light runs over a frame once
const STILL = matchMedia('(prefers-reduced-motion: reduce)');

/** What the tokens of the fill under way look like: of the frame that is worked on, and of those that wait. */
export class TokenView {
  private readonly grids = new Map<number, HTMLCanvasElement>();
  private palette: Uint32Array = new Uint32Array();
  private paletteOf: readonly string[] | null = null;
  /** The newest preview of the frame under way, and the tokens that were known when it came. */
  private decoded: { patch: PixelPatch; ids: Int32Array | undefined } | null = null;

  views({ job, last }: FillSession, accent: string, time: number): FrameView[] {
    if (!job || !last) return [];
    this.rememberPalette(last.package.palette.colors);
    const ids = job.ids[0];
    const decoded = this.rememberDecoded(job.previews[0]?.[job.frame] ?? null, ids);
    const phase = STILL.matches ? null : ((time - job.startedAt) % PERIOD) / PERIOD;
    return job.plans.flatMap((plan, index) => {
      if (index < job.frame) return [];
      const current = index === job.frame;
      const colours = { palette: this.palette, veil: opaque(accent), phase: current ? phase : null };
      const grid = this.paint(index, plan, current ? ids : undefined, current ? decoded : undefined, colours);
      return [{ plan, grid, moves: current && phase !== null }];
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

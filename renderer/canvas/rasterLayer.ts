import type { Built } from './pyramid/pyramid.ts';
import type { Layer, Module } from './module.ts';
import type { OpenDocument } from '../state/openDocument.svelte.ts';
import type { Rect } from '../../core/base/geometry.ts';
import { CanvasGrid } from './canvasGrid.ts';
import { deviceOf, type Scene } from './scene.ts';
import { growRect, intersectRects, isEmptyRect, uniteRects } from '../../core/base/geometry.ts';
import { type Device, toDevice, wholeDevice } from './device.ts';
import { watch } from './watch.svelte.ts';

/** What a layer shows of a document. */
export interface RasterContent {
  /** What decides how all of the document looks here; reads state. */
  appearance(document: OpenDocument): readonly unknown[];
  /** The rasters that are shown, of which `build` finds out where they changed; reads state. */
  rasters(document: OpenDocument): readonly unknown[];
  /** Whether there is anything to see. */
  shows(document: OpenDocument): boolean;
  /** Tiles were written in place, document px; says whether any of it is shown here. */
  touched(document: OpenDocument, rect: Rect): boolean;
  /** Makes ready what is seen, for a few ms. */
  build(document: OpenDocument, device: Device): Built;
  /** Draws an area, device px as the context counts; nothing comes out of it. */
  paint(context: CanvasRenderingContext2D, document: OpenDocument, device: Device, area: Rect): void;
  /** What looks different after a while though nothing has changed; null if everything stands still. */
  moving(document: OpenDocument): { readonly rect: Rect; readonly every: number } | null; // document px, ms
}

/** A layer of rasters, drawn only where it changed. */
export class RasterLayer implements Module, Layer {
  readonly layer = this;
  shown = false;
  private readonly scene: Scene;
  private readonly content: RasterContent;
  private readonly grid: CanvasGrid;
  private readonly damage = new Damage();
  private seen: readonly unknown[] = [];
  private readonly stops: (() => void)[];
  private stopListening: (() => void) | undefined;

  constructor(scene: Scene, content: RasterContent, parent: HTMLElement) {
    this.scene = scene;
    this.content = content;
    this.grid = new CanvasGrid(parent);
    this.stops = [
      watch(
        () => scene.editor.active,
        (document) => {
          this.follow(document);
        },
      ),
      watch(
        () => this.appearance(),
        (appearance) => {
          // State is set anew by every step, mostly to what it was.
          if (appearance.every((value, i) => value === this.seen[i])) return;
          this.seen = appearance;
          this.spoil('all');
        },
      ),
      watch(
        () => scene.editor.active && content.rasters(scene.editor.active),
        () => {
          scene.repainter.request(this);
        },
      ),
    ];
  }

  render(): number | null {
    const { active } = this.scene.editor;
    const wasShown = this.shown;
    this.shown = active !== null && this.content.shows(active);
    if (!active || !this.shown) return null;
    const device = deviceOf(active);
    const blank = this.grid.fit(device);
    if (blank || !wasShown) this.damage.add('all'); // what is on a hidden layer is old
    const { improved, complete } = this.content.build(active, device);
    for (const rect of improved) this.damage.add(rect);
    return complete ? (this.content.moving(active)?.every ?? null) : 0;
  }

  draw(shown: boolean): void {
    this.grid.show(shown);
    const { active } = this.scene.editor;
    if (!active || !shown) return;
    const device = deviceOf(active);
    for (const area of this.damage.take(device)) {
      this.grid.draw(area, (context, part) => {
        this.content.paint(context, active, device, part);
      });
    }
    const moving = this.content.moving(active);
    if (moving) this.damage.add(moving.rect);
  }

  destroy(): void {
    this.grid.destroy();
    for (const stop of this.stops) stop();
    this.stopListening?.();
  }

  private appearance(): readonly unknown[] {
    const { active } = this.scene.editor;
    if (!active) return [null];
    const { zoom, centre, size } = active.view;
    return [active, zoom, centre, size, active.current.canvas, ...this.content.appearance(active)];
  }

  private follow(document: OpenDocument | null): void {
    this.stopListening?.();
    this.stopListening = document?.onTouch((rect) => {
      if (this.content.touched(document, rect)) this.spoil(rect);
    });
  }

  private spoil(rect: Rect | 'all'): void {
    this.damage.add(rect);
    this.scene.repainter.request(this);
  }
}

const MAX_PARTS = 24; // more are drawn as one

/** Which parts of a bitmap must be drawn anew. */
export class Damage {
  private parts: Rect[] | 'all' = []; // document px

  /** A rectangle of the document (document px), or all that is seen. */
  add(rect: Rect | 'all'): void {
    if (rect === 'all' || this.parts === 'all') this.parts = 'all';
    else
      this.parts =
        this.parts.length < MAX_PARTS ? join(this.parts, rect) : [this.parts.reduce(uniteRects, rect)];
  }

  /** Gives the damage in device px and forgets it. */
  take(device: Device): Rect[] {
    const { parts } = this;
    this.parts = [];
    const whole = wholeDevice(device);
    if (parts === 'all') return [whole];
    // Smoothing reaches into the neighbouring pixels, of the level that is drawn.
    const reach = 2 * Math.max(1, 1 / device.scale);
    return parts
      .map((part) => intersectRects(growRect(toDevice(device, growRect(part, reach)), 1), whole))
      .filter((part) => !isEmptyRect(part));
  }
}

/** Parts that are drawn together at no greater cost become one. */
function join(parts: readonly Rect[], rect: Rect): Rect[] {
  const at = parts.findIndex((part) => areaOf(uniteRects(part, rect)) <= areaOf(part) + areaOf(rect));
  if (at < 0) return [...parts, rect];
  return join(parts.toSpliced(at, 1), uniteRects(parts[at]!, rect));
}

function areaOf({ width, height }: Rect): number {
  return width * height;
}

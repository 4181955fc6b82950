import type { Rect } from '../../core/base/geometry.ts';
import type { OpenDocument } from '../state/openDocument.svelte.ts';
import { Cells } from './cells.ts';
import { Damage } from './damage.ts';
import type { Device } from './device.ts';
import type { Layer, Module } from './module.ts';
import type { Built } from './pyramid/pyramid.ts';
import { deviceOf, type Scene } from './scene.ts';
import { watch } from './watch.svelte.ts';

/** What a sheet shows of a document. */
export interface SheetContent {
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
export class Sheet implements Module, Layer {
  readonly layer = this;
  shown = false;
  private readonly scene: Scene;
  private readonly content: SheetContent;
  private readonly cells: Cells;
  private readonly damage = new Damage();
  private seen: readonly unknown[] = [];
  private readonly stops: (() => void)[];
  private stopListening: (() => void) | undefined;

  constructor(scene: Scene, content: SheetContent, parent: HTMLElement) {
    this.scene = scene;
    this.content = content;
    this.cells = new Cells(parent);
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
    const blank = this.cells.fit(device);
    if (blank || !wasShown) this.damage.add('all'); // what is on a hidden layer is old
    const { improved, complete } = this.content.build(active, device);
    for (const rect of improved) this.damage.add(rect);
    return complete ? (this.content.moving(active)?.every ?? null) : 0;
  }

  draw(shown: boolean): void {
    this.cells.show(shown);
    const { active } = this.scene.editor;
    if (!active || !shown) return;
    const device = deviceOf(active);
    for (const area of this.damage.take(device)) {
      this.cells.draw(area, (context, part) => {
        this.content.paint(context, active, device, part);
      });
    }
    const moving = this.content.moving(active);
    if (moving) this.damage.add(moving.rect);
  }

  destroy(): void {
    this.cells.destroy();
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

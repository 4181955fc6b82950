import type { Rect } from '../../core/pixels/picture.ts';
import type { OpenDocument } from '../state/openDocument.svelte.ts';
import { Cells } from './cells.ts';
import { Damage } from './damage.ts';
import type { Device } from './device.ts';
import type { Layer, Module } from './module.ts';
import { deviceOf, type Scene } from './scene.ts';
import { watch } from './watch.svelte.ts';

/** What a sheet shows of a document. */
export interface SheetContent {
  /** All that decides how the document looks here; reads state. */
  appearance(document: OpenDocument): readonly unknown[];
  /** Another document is shown from now on. */
  forget(): void;
  /** Tiles were written in place, document px; says whether any of it is shown here. */
  touched(document: OpenDocument, rect: Rect): boolean;
  /** Draws `area` (device px) of it anew. */
  paint(document: OpenDocument, device: Device, area: Rect, time: number): Painting;
}

export interface Painting {
  /** The context counts in device px, and lets nothing out of the area. */
  readonly draw: ((context: CanvasRenderingContext2D) => void) | null; // null: there is nothing to see anywhere
  /** When it must be drawn again though nothing changes, ms: it is unfinished, or moves. */
  readonly again: number | null;
}

export const NOTHING: Painting = { draw: null, again: null };

/** A layer of rasters, drawn only where it changed. */
export class Sheet implements Module, Layer {
  readonly layer = this;
  shown = false;
  private readonly scene: Scene;
  private readonly content: SheetContent;
  private readonly cells: Cells;
  private readonly damage = new Damage();
  private readonly stops: (() => void)[];
  private stopListening: (() => void) | undefined;
  private next: { readonly area: Rect; readonly draw: NonNullable<Painting['draw']> } | null = null;

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
        () => {
          this.spoil('all');
        },
      ),
    ];
  }

  render(time: number): number | null {
    const { active } = this.scene.editor;
    this.next = null;
    if (!active) this.shown = false;
    if (!active) return null;
    const device = deviceOf(active);
    const blank = this.cells.fit(device);
    if (blank || !this.shown) this.damage.add('all'); // what is on a hidden layer is old
    const area = this.damage.take(device);
    if (!area) return null;
    const { draw, again } = this.content.paint(active, device, area, time);
    this.shown = draw !== null;
    this.next = draw && { area, draw };
    if (again !== null) this.damage.add('all');
    return again;
  }

  draw(shown: boolean): void {
    this.cells.show(shown);
    if (this.next) this.cells.draw(this.next.area, this.next.draw);
  }

  destroy(): void {
    this.cells.destroy();
    for (const stop of this.stops) stop();
    this.stopListening?.();
  }

  private appearance(): unknown {
    const { active } = this.scene.editor;
    if (!active) return null;
    const { zoom, centre, size } = active.view;
    return [zoom, centre, size, this.content.appearance(active)];
  }

  private follow(document: OpenDocument | null): void {
    this.stopListening?.();
    this.content.forget();
    this.stopListening = document?.onTouch((rect) => {
      if (this.content.touched(document, rect)) this.spoil(rect);
    });
  }

  private spoil(rect: Rect | 'all'): void {
    this.damage.add(rect);
    this.scene.repainter.request(this);
  }
}

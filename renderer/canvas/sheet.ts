import Konva from 'konva/lib/Core.js';
import type { Rect } from '../../core/pixels/picture.ts';
import type { OpenDocument } from '../state/openDocument.svelte.ts';
import { Damage } from './damage.ts';
import type { Device } from './device.ts';
import { drawInside } from './drawPieces.ts';
import type { LayerName, Module } from './module.ts';
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
  readonly draw: (context: CanvasRenderingContext2D) => void;
  /** When it must be drawn again though nothing changes, ms: it is unfinished, or moves. */
  readonly again: number | null;
}

export const NOTHING: Painting = { draw: () => undefined, again: null };

/** A layer of rasters, drawn by hand and only where it changed. Konva gives it its bitmap and its place. */
export class Sheet implements Module {
  readonly layer: LayerName;
  private readonly scene: Scene;
  private readonly content: SheetContent;
  private readonly damage = new Damage();
  private readonly stops: (() => void)[];
  private stopListening: (() => void) | undefined;
  private draw: (context: CanvasRenderingContext2D) => void = () => undefined;

  constructor(scene: Scene, layer: LayerName, content: SheetContent) {
    this.scene = scene;
    this.layer = layer;
    this.content = content;
    const shape = new Konva.Shape({
      sceneFunc: (context) => {
        this.draw(context._context);
      },
    });
    scene.stage.layers[layer].clearBeforeDraw(false).add(shape);
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
    const device = active && deviceOf(this.scene, active);
    const area = device && this.damage.take(device);
    this.draw = active ? () => undefined : clearAll;
    if (!active || !area) return null;
    const { draw, again } = this.content.paint(active, device, area, time);
    this.draw = (context) => {
      drawInside(context, area, () => {
        context.clearRect(area.x, area.y, area.width, area.height);
        draw(context);
      });
    };
    if (again !== null) this.damage.add('all');
    return again;
  }

  destroy(): void {
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

function clearAll(context: CanvasRenderingContext2D): void {
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
}

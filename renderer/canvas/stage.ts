import Konva from 'konva/lib/Core.js';
import { LAYERS, type LayerName } from './module.ts';

/** The Konva stage and its layers; nothing on it listens, for the tools do. */
export class CanvasStage {
  readonly layers: Readonly<Record<LayerName, Konva.Layer>>;
  private readonly stage: Konva.Stage;

  constructor(container: HTMLDivElement) {
    Konva.autoDrawEnabled = false;
    Konva.pixelRatio = devicePixelRatio;
    this.stage = new Konva.Stage({ container, width: 1, height: 1, listening: false });
    const made = LAYERS.map((name) => [name, new Konva.Layer({ listening: false })] as const);
    for (const [, layer] of made) this.stage.add(layer);
    this.layers = Object.fromEntries(made) as Record<LayerName, Konva.Layer>;
  }

  get ratio(): number {
    return this.layers.picture.getCanvas().getPixelRatio();
  }

  /** CSS px. All layers are blank afterwards. */
  resize(width: number, height: number): void {
    Konva.pixelRatio = devicePixelRatio;
    for (const layer of Object.values(this.layers)) layer.getCanvas().setPixelRatio(devicePixelRatio);
    this.stage.size({ width, height });
  }

  draw(layer: LayerName): void {
    this.layers[layer].drawScene();
  }

  destroy(): void {
    this.stage.destroy();
  }
}

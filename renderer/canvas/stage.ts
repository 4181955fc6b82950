import Konva from 'konva/lib/Core.js';
import type { Layer } from './module.ts';

/** A layer of Konva; nothing on it listens, for the tools do. */
export class StageLayer implements Layer {
  private readonly layer = new Konva.Layer({ listening: false });

  constructor(stage: Konva.Stage) {
    stage.add(this.layer);
  }

  /** Puts a shape on top that is drawn by a function; the context counts in CSS px. */
  add(draw: (context: CanvasRenderingContext2D) => void): void {
    const sceneFunc = ({ _context }: { _context: CanvasRenderingContext2D }): void => {
      draw(_context);
    };
    this.layer.add(new Konva.Shape({ sceneFunc }));
  }

  resize(): void {
    this.layer.getCanvas().setPixelRatio(devicePixelRatio);
  }

  draw(shown: boolean): void {
    if (this.layer.visible() !== shown) this.layer.visible(shown);
    if (shown) this.layer.drawScene();
  }
}

/** The Konva stage: what lies over the picture. */
export class CanvasStage {
  readonly guides: StageLayer;
  readonly pointer: StageLayer;
  private readonly stage: Konva.Stage;

  constructor(container: HTMLDivElement) {
    Konva.autoDrawEnabled = false;
    Konva.pixelRatio = devicePixelRatio;
    this.stage = new Konva.Stage({ container, width: 1, height: 1, listening: false });
    this.guides = new StageLayer(this.stage);
    this.pointer = new StageLayer(this.stage);
  }

  /** CSS px. All layers are blank afterwards. */
  resize(width: number, height: number): void {
    Konva.pixelRatio = devicePixelRatio;
    this.guides.resize();
    this.pointer.resize();
    this.stage.size({ width, height });
  }

  destroy(): void {
    this.stage.destroy();
  }
}

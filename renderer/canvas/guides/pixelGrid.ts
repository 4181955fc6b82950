import { intersectRects } from '../../../core/base/geometry.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import type { Scene } from '../scene.ts';
import type { GuideContent } from './guide.ts';

const CLOSE = 8; // zoom from which on single pixels are told apart
const COLOUR = 'rgb(128 128 128 / 0.4)';

/** Lines between pixels, when close. */
export class PixelGridContent implements GuideContent {
  private readonly scene: Scene;

  constructor(scene: Scene) {
    this.scene = scene;
  }

  appearance({ view, current }: OpenDocument): readonly unknown[] | null {
    return this.scene.editor.preferences.pixelGrid && view.zoom >= CLOSE ? [current.canvas] : null;
  }

  draw(context: CanvasRenderingContext2D, { view, current }: OpenDocument): void {
    const seen = intersectRects(view.visible(), current.canvas);
    const corner = view.toScreen(seen);
    const [right, bottom] = [corner.x + seen.width * view.zoom, corner.y + seen.height * view.zoom];
    const lines = new Path2D();
    for (let x = Math.ceil(seen.x); x <= seen.x + seen.width; x++) {
      const at = sharp(view.toScreen({ x, y: 0 }).x);
      lines.moveTo(at, corner.y);
      lines.lineTo(at, bottom);
    }
    for (let y = Math.ceil(seen.y); y <= seen.y + seen.height; y++) {
      const at = sharp(view.toScreen({ x: 0, y }).y);
      lines.moveTo(corner.x, at);
      lines.lineTo(right, at);
    }
    context.strokeStyle = COLOUR;
    context.lineWidth = 1;
    context.stroke(lines);
  }
}

function sharp(at: number): number {
  return Math.round(at) + 0.5;
}

import type { Rect } from '../../core/base/geometry.ts';
import type { OpenDocument } from '../state/openDocument.svelte.ts';
import type { Device } from './device.ts';
import type { Built } from './pyramid/pyramid.ts';
import type { RasterContent } from './rasterLayer.ts';

/**
 * Contents one over the other on one layer: without a graphics card, every further layer that fills the window costs as
 * much in each frame as all that is drawn on it.
 *
 * Whether a content shows must follow from its appearance.
 */
export class Layered implements RasterContent {
  private readonly contents: readonly RasterContent[]; // the lowest first

  constructor(contents: readonly RasterContent[]) {
    this.contents = contents;
  }

  appearance(document: OpenDocument): readonly unknown[] {
    return this.contents.flatMap((content) => content.appearance(document));
  }

  rasters(document: OpenDocument): readonly unknown[] {
    return this.contents.flatMap((content) => content.rasters(document));
  }

  shows(document: OpenDocument): boolean {
    return this.contents.some((content) => content.shows(document));
  }

  touched(document: OpenDocument, rect: Rect): boolean {
    return this.contents.map((content) => content.touched(document, rect)).includes(true);
  }

  build(document: OpenDocument, device: Device): Built {
    const built = this.shown(document).map((content) => content.build(document, device));
    return {
      improved: built.flatMap(({ improved }) => improved),
      complete: built.every(({ complete }) => complete),
    };
  }

  paint(context: CanvasRenderingContext2D, document: OpenDocument, device: Device, area: Rect): void {
    for (const content of this.shown(document)) content.paint(context, document, device, area);
  }

  moving(document: OpenDocument): ReturnType<RasterContent['moving']> {
    for (const content of this.shown(document)) {
      const moving = content.moving(document);
      if (moving) return moving;
    }
    return null;
  }

  private shown(document: OpenDocument): RasterContent[] {
    return this.contents.filter((content) => content.shows(document));
  }
}

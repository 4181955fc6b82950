import type { Colours } from '../theme.svelte.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import type { Rect } from '../../../core/base/geometry.ts';
import type { Scene } from '../scene.ts';
import type { RasterContent } from '../rasterLayer.ts';
import type { Surface } from '../pyramid/surface.ts';
import { PerDocument } from '../perDocument.ts';
import { ShownPicture } from './shownPicture.ts';
import { createPicturePainter } from '../pyramid/picturePainter.ts';
import { drawInside, drawSquares } from '../drawSquares.ts';
import { intersectRects, isEmptyRect } from '../../../core/base/geometry.ts';
import { splitArea, splitLine } from '../selection/shown.ts';
import { type Built, Pyramid } from '../pyramid/pyramid.ts';
import { type Device, fromDevice, toDevice, wholeDevice } from '../device.ts';

const BUDGET = 9; // ms of building in a frame
const OPTIONS = { surfaces: 768, now: () => performance.now() }; // 192 MiB

/** The picture, with what is looked at laid over it, and the original where it is compared with. */
export class PictureContent implements RasterContent {
  private readonly scene: Scene;
  private readonly checkerboard = new Checkerboard();
  private readonly shown = new ShownPicture();
  private readonly painter = createPicturePainter();
  private readonly pyramids = new PerDocument(() => new Pyramid(this.painter, OPTIONS));
  private readonly original = new Pyramid(this.painter, OPTIONS); // left of a split
  private originalIsBuilt = false;

  constructor(scene: Scene) {
    this.scene = scene;
  }

  appearance(): readonly unknown[] {
    const { editor, theme } = this.scene;
    return [editor.compare, theme.colours];
  }

  rasters(document: OpenDocument): readonly unknown[] {
    return [this.shown.of(document), document.current.original];
  }

  shows(): boolean {
    return true;
  }

  touched(document: OpenDocument, rect: Rect): boolean {
    if (!document.live?.picture) return false;
    this.pyramids.of(document).touch(rect);
    return true;
  }

  build(document: OpenDocument, device: Device): Built {
    const { compare } = this.scene.editor;
    const { original } = document.current;
    const build = (pyramid: Pyramid<Surface>, area: Rect): Built =>
      pyramid.build(fromDevice(device, area), device.scale, BUDGET);
    const pyramid = this.pyramids.of(document);
    // One pyramid flips between the two without building what they share.
    pyramid.show(compare === 'original' ? original : this.shown.of(document));
    const now = build(pyramid, wholeDevice(device));
    const line = splitLine(this.scene.editor, device);
    if (line === null) {
      this.original.clear();
      return now;
    }
    this.original.show(original);
    const before = build(this.original, splitArea(wholeDevice(device), line).left);
    const isNew = before.complete && !this.originalIsBuilt;
    this.originalIsBuilt = before.complete;
    return {
      improved: isNew ? [...now.improved, document.current.canvas] : [...now.improved, ...before.improved],
      complete: now.complete && before.complete,
    };
  }

  paint(context: CanvasRenderingContext2D, document: OpenDocument, device: Device, area: Rect): void {
    const now = this.pyramids.of(document);
    const line = splitLine(this.scene.editor, device);
    if (line === null || !this.originalIsBuilt) {
      this.paintSide(context, now, document, device, area); // nothing blurred meanwhile
      return;
    }
    const { left, right } = splitArea(area, line);
    this.paintSide(context, this.original, document, device, left);
    this.paintSide(context, now, document, device, right);
  }

  moving(): null {
    return null;
  }

  private paintSide(
    context: CanvasRenderingContext2D,
    pyramid: Pyramid<Surface>,
    document: OpenDocument,
    device: Device,
    area: Rect,
  ): void {
    const canvas = toDevice(device, document.current.canvas);
    const seen = intersectRects(area, canvas);
    if (isEmptyRect(seen)) return;
    drawInside(context, seen, () => {
      this.checkerboard.draw(context, canvas, device.ratio, this.scene.theme.colours.checker);
      drawSquares(context, device, pyramid.squares(fromDevice(device, seen), device.scale));
    });
  }
}

const CELL = 8; // CSS px

/** What stands under transparent pixels; the same size at every zoom, and fixed to the picture's corner. */
class Checkerboard {
  private pattern: CanvasPattern | null = null;
  private made = '';

  draw(context: CanvasRenderingContext2D, area: Rect, ratio: number, checker: Colours['checker']): void {
    const key = `${ratio} ${checker.join(' ')}`;
    if (key !== this.made) {
      this.pattern = context.createPattern(makeTile(Math.round(CELL * ratio), checker), 'repeat');
      this.made = key;
    }
    context.save();
    context.translate(area.x, area.y);
    context.fillStyle = this.pattern!;
    context.fillRect(0, 0, area.width, area.height);
    context.restore();
  }
}

function makeTile(cell: number, [first, second]: Colours['checker']): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 2 * cell;
  const context = canvas.getContext('2d')!;
  context.fillStyle = first;
  context.fillRect(0, 0, 2 * cell, 2 * cell);
  context.fillStyle = second;
  context.fillRect(0, 0, cell, cell);
  context.fillRect(cell, cell, cell, cell);
  return canvas;
}

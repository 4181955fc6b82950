import type { Rect } from '../../../core/pixels/picture.ts';
import { intersectRects, isEmptyRect } from '../../../core/pixels/rect.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import { fromDevice, toDevice, type Device } from '../device.ts';
import { drawInside, drawPieces } from '../drawPieces.ts';
import { createPicturePainter } from '../pyramid/picturePainter.ts';
import { Pyramid, type Composed, type Piece } from '../pyramid/pyramid.ts';
import type { Surface } from '../pyramid/surface.ts';
import type { Scene } from '../scene.ts';
import type { Painting, SheetContent } from '../sheet.ts';
import { Checkerboard } from './checkerboard.ts';
import { ShownPicture } from './shownPicture.ts';
import { splitArea } from './split.ts';

const BUDGET = 7; // ms of building in a frame
const OPTIONS = { surfaces: 768, now: () => performance.now() }; // 192 MiB

/** What is drawn into one part of the layer. */
interface Side {
  readonly clip: Rect; // device px
  readonly pieces: readonly Piece<Surface>[];
}

/** The picture, with what is looked at laid over it, and the original where it is compared with. */
export class PictureContent implements SheetContent {
  private readonly scene: Scene;
  private readonly checkerboard = new Checkerboard();
  private readonly shown = new ShownPicture();
  private readonly painter = createPicturePainter();
  private readonly now = new Pyramid(this.painter, OPTIONS);
  private readonly original = new Pyramid(this.painter, OPTIONS); // left of a split

  constructor(scene: Scene) {
    this.scene = scene;
  }

  appearance(document: OpenDocument): readonly unknown[] {
    const { editor, theme } = this.scene;
    return [this.shown.of(document), document.current.original, editor.compare, theme.colours];
  }

  forget(): void {
    this.now.clear();
    this.original.clear();
  }

  touched({ live }: OpenDocument, rect: Rect): boolean {
    if (!live?.picture) return false;
    this.now.touch(rect);
    return true;
  }

  paint(document: OpenDocument, device: Device, area: Rect): Painting {
    const { sides, complete } = this.compose(document, device, area);
    const canvas = toDevice(device, document.current.canvas);
    const { checker } = this.scene.theme.colours;
    const draw = (context: CanvasRenderingContext2D): void => {
      for (const { clip, pieces } of sides) {
        drawInside(context, intersectRects(clip, canvas), () => {
          this.checkerboard.draw(context, canvas, device.ratio, checker);
          drawPieces(context, device, pieces);
        });
      }
    };
    return { draw, again: complete ? null : 0 };
  }

  private compose(document: OpenDocument, device: Device, area: Rect): { sides: Side[]; complete: boolean } {
    const { compare } = this.scene.editor;
    const { original } = document.current;
    const compose = (pyramid: Pyramid<Surface>, part: Rect): Composed<Surface> =>
      pyramid.compose(fromDevice(device, part), device.scale, BUDGET);
    // One pyramid flips between the two without building what they share.
    this.now.show(compare === 'original' ? original : this.shown.of(document));
    const now = compose(this.now, area);
    if (compare === null || compare === 'original') {
      this.original.clear();
      return { sides: [{ clip: area, pieces: now.pieces }], complete: now.complete };
    }
    const { left, right } = splitArea(area, Math.round(compare.split * device.width));
    this.original.show(original);
    const before = compose(this.original, left);
    const sides = [
      { clip: left, pieces: before.complete ? before.pieces : now.pieces }, // nothing blurred meanwhile
      { clip: right, pieces: now.pieces },
    ];
    return {
      sides: sides.filter(({ clip }) => !isEmptyRect(clip)),
      complete: before.complete && now.complete,
    };
  }
}

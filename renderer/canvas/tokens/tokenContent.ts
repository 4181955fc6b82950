import type { Built } from '../pyramid/pyramid.ts';
import type { CellLook, CellPaints } from './cellLook.ts';
import { type Frame, sameFrame } from '../../../core/frames/frame.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import type { Raster } from '../../../core/raster/raster.ts';
import { isEmptyRect, type Rect } from '../../../core/base/geometry.ts';
import type { Scene } from '../scene.ts';
import type { RasterContent } from '../rasterLayer.ts';
import type { Overlay } from '../../tools/tool.ts';
import type { TokenEdit } from '../../../core/tokens/edit.ts';
import type { Toolbox } from '../../tools/toolbox.ts';
import { CellLayer } from './cellLayer.ts';
import { PerDocument } from '../perDocument.ts';
import { differences } from '../../tools/tokens/mix.ts';
import { drawMarks, drawOutline } from './drawMarks.ts';
import { frameSeen, tokensAreSeen } from '../../state/tokens/tokensSeen.ts';
import { holeIn } from '../../../core/frames/hole.ts';
import { opaque, palettePixels } from '../selection/tokenColours.ts';
import { tintOf } from '../selection/shown.ts';
import { type Device, toDevice } from '../device.ts';
import { cellsWithin, latticeOf, linesOpacity, sideOnScreen } from './lattice.ts';

/** What is drawn of the tokens of a document: of the frame that is worked on, and of those of the candidates compared. */
class Layers {
  ofFrame: CellLayer | null = null;
  compared: readonly CellLayer[] = [];

  get all(): readonly CellLayer[] {
    return this.ofFrame ? [this.ofFrame, ...this.compared] : this.compared;
  }
}

const NOTHING: CellLook = {
  heat: null,
  hole: null,
  stroke: null,
  edit: null,
  signed: null,
  chosen: [],
  pins: [],
  differing: [],
};

/** The tokens over the picture: the lines between them, and whatever is said about single cells. */
export class TokenContent implements RasterContent {
  private readonly scene: Scene;
  private readonly toolbox: Toolbox;
  private readonly layers = new PerDocument(() => new Layers());
  private palette: { readonly of: readonly string[]; readonly pixels: Uint32Array } | null = null;

  constructor(scene: Scene, toolbox: Toolbox) {
    this.scene = scene;
    this.toolbox = toolbox;
  }

  appearance(document: OpenDocument): readonly unknown[] {
    const { editor, theme } = this.scene;
    return [this.frame(document), editor.compare, theme.colours];
  }

  /** What is read here changes single cells; `build` finds out which. */
  rasters(document: OpenDocument): readonly unknown[] {
    const { tokenWork, current, fill, live } = document;
    const { frameTokens, heat, stroke, chosen, other } = tokenWork;
    const { packages, fillSettings, tools, preferences } = this.scene.editor;
    const seen = [tools.chosen, preferences.showHole, packages.byRef(fillSettings.package)];
    return [
      frameTokens,
      heat,
      stroke,
      chosen,
      other,
      current.selection,
      fill.current,
      fill.job,
      live,
      ...seen,
    ];
  }

  shows(document: OpenDocument): boolean {
    return this.scene.editor.compare !== 'original' && this.frame(document) !== null;
  }

  touched(): boolean {
    return false;
  }

  build(document: OpenDocument): Built {
    const layers = this.layers.of(document);
    const improved: Rect[] = [];
    const show = (layer: CellLayer, look: CellLook): void => {
      const changed = layer.show(look, this.paints());
      if (changed) improved.push(changed);
    };
    const overlays = this.toolbox.overlays();
    const frame = this.frame(document);
    layers.ofFrame = frame && (layers.ofFrame?.isOf(frame) ? layers.ofFrame : new CellLayer(frame));
    if (layers.ofFrame) show(layers.ofFrame, this.frameLook(document, layers.ofFrame.frame, overlays));
    const compared = differences(document);
    const before = layers.compared;
    layers.compared = compared.map(({ frame }, i) =>
      before[i]?.isOf(frame) ? before[i] : new CellLayer(frame),
    );
    layers.compared.forEach((layer, i) => {
      const signed = signedOf(overlays, layer.frame, true);
      show(layer, { ...NOTHING, signed, differing: compared[i]!.cells });
    });
    for (const layer of before) if (!layers.compared.includes(layer)) improved.push(layer.frame.rect);
    return { improved, complete: true };
  }

  paint(context: CanvasRenderingContext2D, document: OpenDocument, device: Device, area: Rect): void {
    const { accent } = this.scene.theme.colours;
    const { ofFrame, all } = this.layers.of(document);
    for (const layer of all) layer.paint(context, device, area);
    if (ofFrame) {
      drawGrid(context, ofFrame.frame, device, area);
      outline(context, ofFrame.frame, device, accent);
    }
    for (const layer of all) drawMarks(context, layer, device, area, accent);
  }

  moving(): null {
    return null;
  }

  private frame(document: OpenDocument): Frame | null {
    const { editor } = this.scene;
    return tokensAreSeen(editor) ? frameSeen(editor, document) : null;
  }

  private frameLook(document: OpenDocument, frame: Frame, overlays: readonly Overlay[]): CellLook {
    const { frameTokens, heat, stroke, chosen } = document.tokenWork;
    return {
      heat: heat?.values.length === frame.columns * frame.rows ? heat : null,
      hole: this.showsHole(document) ? flagsIn(document.current.selection, frame) : null,
      stroke,
      edit: editOf(overlays),
      signed: signedOf(overlays, frame, false),
      chosen,
      pins: frameTokens?.tokens.pins ?? NOTHING.pins,
      differing: NOTHING.differing,
    };
  }

  /** Not where it is drawn otherwise, or would lie over what was made for it. */
  private showsHole(document: OpenDocument): boolean {
    return !this.scene.editor.preferences.showHole && tintOf(document) === 'colour';
  }

  private paints(): CellPaints {
    const { editor, theme } = this.scene;
    const colours = editor.packages.byRef(editor.fillSettings.package)?.palette.colors ?? [];
    if (this.palette?.of !== colours) this.palette = { of: colours, pixels: palettePixels(colours) };
    return { palette: this.palette.pixels, accent: opaque(theme.colours.accent) };
  }
}

/** The tokens that the current tool would paint. */
function editOf(overlays: readonly Overlay[]): TokenEdit | null {
  return overlays.find((overlay) => overlay.kind === 'tokens')?.edit ?? null;
}

/** The cells of a frame that the current tool is doing something to. */
function signedOf(overlays: readonly Overlay[], frame: Frame, ofCandidates: boolean): CellLook['signed'] {
  const signed = overlays.find((overlay) => overlay.kind === 'cells');
  return signed && (signed.sign === 'mix') === ofCandidates && sameFrame(signed.frame, frame) ? signed : null;
}

/** The edge of the frame; drawn with everything else, so that it is no more work than it must be. */
function outline(context: CanvasRenderingContext2D, frame: Frame, device: Device, accent: string): void {
  const { x, y, width, height } = toDevice(device, frame.rect);
  const path = new Path2D();
  path.rect(x, y, width, height);
  drawOutline(context, path, accent, device.ratio);
}

/** The hole of a frame, [rows * columns] of 0 and 1; null where nothing is selected. */
function flagsIn(selection: Raster, frame: Frame): Uint8Array | null {
  return selection.tiles.size > 0 ? holeIn(selection, { frame, bounds: frame.rect }).flags : null;
}

const SHADE = 'rgb(0 0 0 / 0.34)';
const LIGHT = 'rgb(255 255 255 / 0.34)';

/** The lines between the tokens that lie in an area (device px): light beside dark, so that they are seen on any picture. */
function drawGrid(context: CanvasRenderingContext2D, frame: Frame, device: Device, area: Rect): void {
  const opacity = linesOpacity(sideOnScreen(frame, device));
  const seen = cellsWithin(frame, device, area);
  if (opacity === 0 || isEmptyRect(seen)) return;
  const width = Math.max(1, Math.round(device.ratio)); // device px
  context.save();
  context.globalAlpha = opacity;
  context.fillStyle = SHADE;
  drawLines(context, frame, device, seen, width, 0);
  context.fillStyle = LIGHT;
  drawLines(context, frame, device, seen, width, width);
  context.restore();
}

/** Each line is a rectangle of whole px: without a graphics card, one path of all of them takes several times as long. */
function drawLines(
  context: CanvasRenderingContext2D,
  frame: Frame,
  device: Device,
  seen: Rect,
  width: number, // device px
  shift: number, // device px
): void {
  const { x, y } = latticeOf(frame, device);
  const [left, top] = [x(seen.x), y(seen.y)];
  const [across, down] = [x(seen.x + seen.width) - left, y(seen.y + seen.height) - top];
  for (let i = seen.x; i <= seen.x + seen.width; i++) context.fillRect(x(i) + shift, top, width, down);
  for (let i = seen.y; i <= seen.y + seen.height; i++) context.fillRect(left, y(i) + shift, across, width);
}

import { applyChange } from '../../../core/document/applyChange.ts';
import { mergeChanges } from '../../../core/document/change.ts';
import type { Detail } from '../../../core/document/details.ts';
import { cutPiece, placePiece, takePiece } from '../../../core/document/piece.ts';
import {
  drawPiece,
  movedTo,
  pieceCoverage,
  placedAround,
  type Placement,
  placementRect,
} from '../../../core/document/placement.ts';
import { TesseraError } from '../../../core/base/errors.ts';
import { containsRect, intersectRects, isEmptyRect, type Rect } from '../../../core/base/geometry.ts';
import { isEmpty } from '../../../core/raster/bounds.ts';
import type { Raster } from '../../../core/raster/raster.ts';
import { withRect } from '../../../core/raster/resize.ts';
import { combine } from '../../../core/selection/combine.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import { canvasWithFloating, layingOf } from '../../state/floating.ts';
import type { FloatingPiece, OpenDocument } from '../../state/openDocument.svelte.ts';
import type { Point } from '../../state/view.svelte.ts';
import { checkSize } from '../canvas/extend.ts';
import type { Command } from '../command.ts';

/**
 * Lays a piece over the middle of what is seen. It floats until it is placed or discarded. Unless the canvas is to grow
 * for pieces, one that is larger than the canvas is made to fit, and none reaches past it.
 */
export function floatPiece(editor: Editor, document: OpenDocument, source: Raster, label: string): void {
  placeFloating(document);
  const extend = editor.tools.extendForPieces;
  const { canvas } = document.current;
  const placement = placedAround(source, document.view.centre);
  float(document, { source, placement: extend ? placement : fittedInto(placement, canvas), label, extend });
}

/** Lays a copy of what is selected, or of all of the picture, over the place that it is taken from. */
export function duplicate(editor: Editor, document: OpenDocument): void {
  const source = takePiece(document.current);
  const { extendForPieces: extend } = editor.tools;
  float(document, { source, placement: placedOn(source), label: 'Duplicate', extend });
}

/** Takes what is selected out of the picture, to be moved, scaled and turned. */
export function lift(editor: Editor, document: OpenDocument): void {
  const { current } = document;
  if (isEmpty(current.selection)) throw nothingSelected();
  const source = takePiece(current);
  const change = { picture: cutPiece(current) };
  const { extendForPieces: extend } = editor.tools;
  const lifted = { change, document: applyChange(current, change) };
  float(document, { source, placement: placedOn(source), label: 'Transform', extend, lifted });
}

/** Takes what is selected out of the picture. It stays selected, so that a fill can close the gap. */
export function cutSelected(document: OpenDocument): void {
  const { current } = document;
  if (isEmpty(current.selection)) throw nothingSelected();
  document.commit('Cut', { picture: cutPiece(current) });
}

/** Changes how the floating piece lies or looks. */
export function changeFloating(document: OpenDocument, change: Partial<FloatingPiece>): void {
  const { floating } = document;
  if (floating) document.floating = { ...floating, ...change };
}

/** Moves the floating piece so that the corner of its rectangle lies at a point, document px. */
export function moveFloating(document: OpenDocument, corner: Point): void {
  const { floating } = document;
  if (floating) changeFloating(document, { placement: movedTo(floating.placement, corner) });
}

/** As large as it came, or as large as fits the canvas, around the same middle. */
export function sizeFloating(document: OpenDocument, size: 'actual' | 'fit'): void {
  const { floating, current } = document;
  if (!floating) return;
  const { rect } = floating.source;
  const actual = { ...floating.placement, width: rect.width, height: rect.height };
  const placement =
    size === 'actual' ? movedTo(actual, placementRect(actual)) : filling(actual, current.canvas);
  changeFloating(document, { placement });
}

/** Says whether the canvas is to grow so that it holds all of it; else what reaches past it is cut off. */
export function extendForFloating({ tools }: Editor, document: OpenDocument, extend: boolean): void {
  tools.extendForPieces = extend;
  changeFloating(document, { extend });
}

/** Makes the floating piece part of the picture, as one undo step. Throws 'limit' or 'input' where it cannot be. */
export function placeFloating(document: OpenDocument): void {
  const { floating, current, view } = document;
  if (!floating) return;
  const canvas = canvasWithFloating(document);
  checkSize(canvas);
  if (isEmptyRect(intersectRects(canvas, placementRect(floating.placement)))) throw outside();
  const wasWhole = containsRect(view.visible(), current.canvas);
  const piece = drawPiece(floating.source, floating.placement, layingOf(floating, document));
  const before = floating.lifted?.document ?? current;
  const placed = placePiece(before, piece, canvas);
  document.floating = null;
  if (floating.lifted) {
    // What is left selected is the gap.
    const { raster } = withRect(before.selection, canvas);
    const selection = combine(raster, pieceCoverage(piece), 'subtract');
    const change = mergeChanges(floating.lifted.change, { ...placed, selection });
    document.commit(floating.label, change, detailsOf(floating));
  } else document.commit(floating.label, placed, detailsOf(floating));
  if (canvas !== current.canvas && wasWhole) view.reveal(canvas); // who was at work close by stays there
}

/** Gives up the floating piece; says whether there was one. What was lifted is where it was. */
export function dropFloating(document: OpenDocument): boolean {
  const { floating } = document;
  document.floating = null;
  return floating !== null;
}

/** What a command that has nothing to do with the floating piece does first: it is where it is meant to be. */
export function settleFloating({ active }: Editor, { group }: Command): void {
  if (active && group !== 'Help' && group !== 'View') placeFloating(active);
}

type NewPiece = Omit<FloatingPiece, 'opacity' | 'match'>;

function float(document: OpenDocument, piece: NewPiece): void {
  document.floating = { opacity: 1, match: 0, ...piece };
}

/** A piece where it was taken from. */
function placedOn(source: Raster): Placement {
  const { x, y, width, height } = source.rect;
  return placedAround(source, { x: x + width / 2, y: y + height / 2 });
}

/** No larger than the canvas, and in it. */
function fittedInto(placement: Placement, canvas: Rect): Placement {
  const { width, height } = placement;
  const isLarger = width > canvas.width || height > canvas.height;
  return isLarger
    ? filling(placement, canvas)
    : movedTo(placement, placeIn(placementRect(placement), canvas));
}

/** As large as there is room for in the canvas. */
function filling(placement: Placement, canvas: Rect): Placement {
  const rect = placementRect(placement);
  const share = Math.min(canvas.width / rect.width, canvas.height / rect.height);
  const sized = { ...placement, width: placement.width * share, height: placement.height * share };
  return movedTo(sized, placeIn(placementRect(sized), canvas));
}

/** The place nearest to its own where a rectangle lies in another. */
function placeIn({ x, y, width, height }: Rect, room: Rect): Point {
  return {
    x: Math.max(room.x, Math.min(x, room.x + room.width - width)),
    y: Math.max(room.y, Math.min(y, room.y + room.height - height)),
  };
}

function detailsOf({ placement, source, opacity, match }: FloatingPiece): Detail[] {
  const { width, height } = placementRect({ ...placement, angle: 0 });
  const scaled = width !== source.rect.width || height !== source.rect.height;
  return [
    { kind: 'size', of: 'px', width, height },
    ...(scaled ? [{ kind: 'share', of: 'size', share: width / source.rect.width } as const] : []),
    ...(placement.angle === 0 ? [] : [{ kind: 'angle', degrees: placement.angle } as const]),
    ...(opacity === 1 ? [] : [{ kind: 'share', of: 'opacity', share: opacity } as const]),
    ...(match === 0 ? [] : [{ kind: 'share', of: 'match', share: match } as const]),
  ];
}

function nothingSelected(): TesseraError {
  return new TesseraError(
    'input',
    'Nothing is selected.',
    'Select what you want to take out of the picture.',
  );
}

function outside(): TesseraError {
  return new TesseraError(
    'input',
    'The piece lies outside the picture.',
    'Drag it into the picture, let the canvas grow, or discard it with Escape.',
  );
}

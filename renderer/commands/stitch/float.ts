import { type Piece, pieceRect, placePiece } from '../../../core/document/piece.ts';
import { TesseraError } from '../../../core/base/errors.ts';
import { containsRect, intersectRects, isEmptyRect } from '../../../core/base/geometry.ts';
import type { Raster } from '../../../core/raster/raster.ts';
import type { Editor } from '../../state/editor.svelte.ts';
import { canvasWithFloating } from '../../state/floating.ts';
import type { OpenDocument } from '../../state/openDocument.svelte.ts';
import type { Point } from '../../state/view.svelte.ts';
import { checkSize } from '../canvas/extend.ts';
import type { Command } from '../command.ts';

/** Pastes a selection over the middle of what is seen. It floats until it is placed or discarded. */
export function floatSelection(document: OpenDocument, raster: Raster, label: string): void {
  placeFloating(document);
  const { width, height } = raster.rect;
  const { x, y } = document.view.centre;
  document.floating = {
    raster,
    x: Math.round(x - width / 2),
    y: Math.round(y - height / 2),
    label,
    details: [{ kind: 'size', of: 'px', width, height }],
    extend: true,
  };
}

/** Moves the floating selection so that its corner lies at a point, document px. */
export function moveFloating(document: OpenDocument, { x, y }: Point): void {
  const { floating } = document;
  if (floating) document.floating = { ...floating, x: Math.round(x), y: Math.round(y) };
}

/** Says whether the canvas is to grow so that it holds all of it; else what reaches past it is cut off. */
export function extendForFloating(document: OpenDocument, extend: boolean): void {
  const { floating } = document;
  if (floating) document.floating = { ...floating, extend };
}

/** Makes the floating selection part of the picture, as one undo step. Throws 'limit' or 'input' where it cannot be. */
export function placeFloating(document: OpenDocument): void {
  const { floating, current, view } = document;
  if (!floating) return;
  const canvas = canvasWithFloating(document);
  checkSize(canvas);
  if (isEmptyRect(intersectRects(canvas, pieceRect(floating)))) throw outside();
  const wasWhole = containsRect(view.visible(), current.canvas);
  document.floating = null;
  document.commit(floating.label, placePiece(current, floating satisfies Piece, canvas), floating.details);
  if (canvas !== current.canvas && wasWhole) view.reveal(canvas); // who was at work close by stays there
}

/** Gives up the floating selection; says whether there was one. */
export function dropFloating(document: OpenDocument): boolean {
  const { floating } = document;
  document.floating = null;
  return floating !== null;
}

/** What a command that has nothing to do with the floating selection does first: it is where it is meant to be. */
export function settleFloating({ active }: Editor, { group }: Command): void {
  if (active && group !== 'Help' && group !== 'View') placeFloating(active);
}

function outside(): TesseraError {
  return new TesseraError(
    'input',
    'The pasted picture lies outside the picture.',
    'Drag it into the picture, let the canvas grow, or drop it with Escape.',
  );
}

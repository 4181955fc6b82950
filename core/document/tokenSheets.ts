import { cellAt } from '../frames/cells.ts';
import { type Frame, sameFrame } from '../frames/frame.ts';
import { type FrameOptions, rulesFor } from '../frames/rules.ts';
import { intersectRects, isEmptyRect, type Point } from '../base/geometry.ts';
import { applyPatch, type TokenPatch } from '../tokens/edit.ts';
import { MASK } from '../tokens/grid.ts';
import { MISSING, PAINTED } from '../tokens/provenance.ts';
import type { Document, FrameTokens } from './document.ts';

/** Tokens of a frame along a side: enough to paint with, and encoded in a moment. */
const MOST_TOKENS = 64;
const STRIDE = MOST_TOKENS / 2; // tokens from one frame of a part of the canvas to the next

/** Where a person looks at a document. */
export interface Looking {
  /** Where they work, document px, if that lies outside the frame that they worked in before. */
  readonly at: Point | null;
  readonly centre: Point; // of what is seen, document px
  readonly unit: number; // document px that a token should have at most, to be told apart at this zoom
}

/**
 * The frame whose tokens are worked on: the one chosen by hand; else that of the newest tokens on the canvas; else one
 * around the whole canvas, which begins at its corner as the frames of "tessera encode" do, or around a part of it where
 * its tokens would be too coarse. Of the first two only one that holds the place of the work, if there is one, and whose
 * tokens are fine enough: no frame keeps anyone from the rest of the picture.
 */
export function sheetFrame(
  { canvas, frame, tokens }: Pick<Document, 'canvas' | 'frame' | 'tokens'>,
  options: Pick<FrameOptions, 'downsample' | 'minSize' | 'window'>,
  { at = null, centre = canvas, unit: asked = Infinity }: Partial<Looking> = {},
): Frame {
  const { downsample } = options;
  const most = Math.max(downsample, asked);
  const holds = (one: Frame): boolean => at === null || cellAt(one, at.x, at.y) !== null;
  if (frame && holds(frame)) return frame;
  const { smallest } = rulesFor(canvas, options);
  const newest = tokens.findLast(
    ({ frame: { rect, columns, rows } }) =>
      Math.min(columns, rows) >= smallest &&
      rect.width / columns <= most &&
      !isEmptyRect(intersectRects(rect, canvas)),
  );
  if (newest && holds(newest.frame)) return newest.frame;
  let unit = Math.max(downsample, Math.ceil(Math.max(canvas.width, canvas.height) / MOST_TOKENS));
  while (unit > most) unit = Math.max(downsample, Math.ceil(unit / 2));
  const place = at ?? centre;
  const across = along(canvas.width, unit, place.x - canvas.x, smallest);
  const down = along(canvas.height, unit, place.y - canvas.y, smallest);
  return {
    rect: {
      x: canvas.x + across.first * unit,
      y: canvas.y + down.first * unit,
      width: across.count * unit,
      height: down.count * unit,
    },
    scale: unit / downsample,
    columns: across.count,
    rows: down.count,
  };
}

/** The tokens along a side of the canvas, or those around a place of it: always the same ones for places that lie close. */
function along(length: number, unit: number, place: number, least: number): { first: number; count: number } {
  const all = Math.max(least, Math.ceil(length / unit));
  if (all <= MOST_TOKENS) return { first: 0, count: all };
  const wanted = STRIDE * Math.round(place / unit / STRIDE - 1);
  return { first: Math.min(all - MOST_TOKENS, Math.max(0, wanted)), count: MOST_TOKENS };
}

/** What a document knows of a frame's tokens, of the package with this hash; null if nothing. */
export function tokensOf(
  { tokens }: Pick<Document, 'tokens'>,
  frame: Frame,
  sha256: string,
): FrameTokens | null {
  return tokens.findLast((one) => isOf(one, frame, sha256)) ?? null;
}

/** A document's tokens with newer ones of a frame, which replace what was known of it. */
export function withTokens(list: Document['tokens'], tokens: FrameTokens): Document['tokens'] {
  return [...list.filter((one) => !isOf(one, tokens.frame, tokens.package.sha256)), tokens];
}

function isOf(tokens: FrameTokens, frame: Frame, sha256: string): boolean {
  return tokens.package.sha256 === sha256 && sameFrame(tokens.frame, frame);
}

/**
 * Tokens after a person painted some: those in the hole are pinned, as hints for the next fill. Throws 'internal' if
 * the patch was made for other tokens.
 */
export function paintTokens(tokens: FrameTokens, patch: TokenPatch, hole: ReadonlySet<number>): FrameTokens {
  const grid = applyPatch(tokens.grid, patch);
  const provenance = tokens.provenance.slice();
  patch.cells.forEach((cell, i) => {
    provenance[cell] = patch.after[i] === MASK ? MISSING : PAINTED;
  });
  const painted = {
    ...tokens,
    grid,
    provenance,
    pins: tokens.pins.filter((cell) => grid.ids[cell] !== MASK),
  };
  return pinTokens(
    painted,
    [...patch.cells].filter((cell) => hole.has(cell)),
    true,
  );
}

/** Tokens with some pinned or unpinned; a cell without a token cannot be pinned. */
export function pinTokens(tokens: FrameTokens, cells: Iterable<number>, pinned: boolean): FrameTokens {
  const pins = new Set(tokens.pins);
  for (const cell of cells) {
    if (!pinned) pins.delete(cell);
    else if ((tokens.grid.ids[cell] ?? MASK) !== MASK) pins.add(cell);
  }
  // Either only added to or only taken from, so as many are the same.
  if (pins.size === tokens.pins.length) return tokens;
  return { ...tokens, pins: [...pins].sort((a, b) => a - b) };
}

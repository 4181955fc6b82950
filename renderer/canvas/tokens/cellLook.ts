import type { TokenEdit } from '../../../core/tokens/edit.ts';
import type { CellSign } from '../../tools/tool.ts';
import { heatScale } from '../../state/tokens/heatColours.ts';
import { heatShare } from '../../state/tokens/heatShare.ts';
import type { HeatMap, TokenStroke } from '../../state/tokens/tokenWork.svelte.ts';

/** All that decides how the cells of a frame look, besides the lines between them. */
export interface CellLook {
  readonly heat: HeatMap | null;
  readonly hole: Uint8Array | null; // [rows * columns], 1 in the hole
  readonly stroke: TokenStroke | null; // what is painted and not yet decoded shows
  readonly edit: TokenEdit | null; // what would be painted
  readonly signed: { readonly cells: ReadonlySet<number>; readonly sign: CellSign } | null;
  readonly chosen: readonly number[];
  readonly pins: readonly number[];
  readonly differing: ArrayLike<number>;
}

export interface CellPaints {
  readonly palette: Uint32Array; // of the codes, opaque pixels, alpha highest
  readonly accent: number; // likewise
}

/** Opacities, 0 .. 255. */
const HEAT = 175;
const HOLE = 64;
const EDIT = 225;
const SIGN = 120;
const CHOSEN = 56;

const WHITE = 0xffffff;
const BLACK = 0;
const STEPS = 256; // of the heat map's colours
const scale = heatScale(STEPS).map(turned);

/** Marks of a cell, as bits. */
export const PIN = 1;
export const IS_CHOSEN = 2;
export const DIFFERS = 4;
export const WOULD_CHANGE = 8;

/** The colours that lie over the cells, one pixel each, alpha highest; 0 where the picture is seen as it is. */
export function colourCells(out: Uint32Array, look: CellLook, { palette, accent }: CellPaints): void {
  out.fill(0);
  if (look.heat) colourHeat(out, look.heat);
  else if (look.hole) colourHole(out, look.hole, accent);
  for (const cell of look.chosen) if (out[cell] === 0) out[cell] = veil(accent, CHOSEN);
  if (look.signed) colourSigned(out, look.signed, accent);
  const { stroke, edit } = look;
  if (stroke) for (const [cell, id] of stroke.ids) if (!stroke.shown.has(cell)) out[cell] = palette[id]!;
  edit?.cells.forEach((cell, i) => (out[cell] = veil(palette[edit.ids[i]!]!, EDIT)));
}

/** What is drawn on the cells besides their colours. */
export function markCells(out: Uint8Array, { pins, chosen, differing, edit }: CellLook): void {
  out.fill(0);
  for (const cell of pins) out[cell]! |= PIN;
  for (const cell of chosen) out[cell]! |= IS_CHOSEN;
  for (let i = 0; i < differing.length; i++) out[differing[i]!]! |= DIFFERS;
  if (edit) for (const cell of edit.cells) out[cell]! |= WOULD_CHANGE;
}

function colourHeat(out: Uint32Array, heat: HeatMap): void {
  for (let cell = 0; cell < out.length; cell++) {
    const level = Math.round((STEPS - 1) * heatShare(heat, heat.values[cell]!));
    out[cell] = veil(scale[level]!, HEAT);
  }
}

function colourHole(out: Uint32Array, hole: Uint8Array, accent: number): void {
  const colour = veil(accent, HOLE);
  for (let cell = 0; cell < out.length; cell++) if (hole[cell] === 1) out[cell] = colour;
}

function colourSigned(
  out: Uint32Array,
  { cells, sign }: NonNullable<CellLook['signed']>,
  accent: number,
): void {
  const colour = veil(sign === 'restore' ? WHITE : sign === 'unpin' ? BLACK : accent, SIGN);
  for (const cell of cells) out[cell] = colour;
}

function veil(colour: number, alpha: number): number {
  return ((colour & 0xffffff) | (alpha << 24)) >>> 0;
}

/** 0xrrggbb as a pixel has it, 0xbbggrr. */
function turned(colour: number): number {
  return ((colour & 0xff) << 16) | (colour & 0xff00) | (colour >> 16);
}

import type { Frame } from '../../frames/frame.ts';
import type { Picture, Planes } from '../../pixels/picture.ts';
import type { Rect } from '../../base/geometry.ts';
import { emptyPlanes } from '../../model/slices.ts';
import { type DecodedCells, featuresOf } from './features.ts';
import { findExemplars, type Exemplars } from './exemplars.ts';
import { contrastOf } from './contrast.ts';
import { matchExemplars } from './match.ts';
import { residueAt } from './residue.ts';
import { type ColourBias, colourBiasOf } from './colourBias.ts';

/** A frame whose hole takes detail from what is known around it. */
export interface Surroundings {
  readonly picture: Picture;
  readonly frame: Frame;
  readonly hole: Int32Array; // flat indices into the frame, ascending
  readonly known: DecodedCells; // the tokens of the picture itself, decoded
  readonly exemplars: Exemplars;
  readonly contrast: Float32Array; // of the exemplars
  readonly bias: ColourBias; // of the exemplars
}

/** Finds what a frame can lend; done once, for all candidates. */
export function surroundings(
  picture: Picture,
  frame: Frame,
  hole: Int32Array,
  known: DecodedCells,
): Surroundings {
  const exemplars = findExemplars(picture, frame, hole, known);
  const contrast = contrastOf(picture, frame, known, exemplars.cells);
  const bias = colourBiasOf(picture, frame, known, exemplars.cells, exemplars.features);
  return { picture, frame, hole, known, exemplars, contrast, bias };
}

/** Difference of looks (in [0, 1] values) at which half of the detail is still taken over. */
const HALF = 0.3;

/** How much stronger than usual among cells that look alike an exemplar may be: a claw is no part of the fur around it. */
const MAX_CONTRAST = 1.3;

/**
 * The grain and fine texture that tokens cannot carry, for a fill: each cell of the hole takes what decoding lost at
 * the known cell that looks most like it (texture transfer after Efros & Freeman 2001, of the residual alone, so that
 * the fill keeps its structure). Less is taken where none looks alike, and of what is stronger than usual for such a look.
 * Neighbours fade into one another.
 *
 * @param filled the candidate's tokens, decoded, for cells that hold the hole
 * @param strength 0 to 1
 * @returns what to add to the fill: planes at picture px of the cells of `filled`
 */
export function transferDetail(from: Surroundings, filled: DecodedCells, strength: number): Planes {
  const { frame, hole, exemplars } = from;
  const unit = frame.rect.width / frame.columns; // picture px per token
  const detail = emptyPlanes(filled.cells.width * unit, filled.cells.height * unit);
  if (exemplars.cells.length === 0) return detail;
  const matches = matchExemplars(exemplars, hole, featuresOf(filled, hole, frame.columns), frame.columns);
  const margin = Math.floor(unit / 4);
  const fade = fadeOver(unit, margin);
  const weights = new Float32Array(detail.width * detail.height);
  const residues = new Map<number, Planes>();
  hole.forEach((cell, i) => {
    const exemplar = matches.exemplars[i]!;
    let residue = residues.get(exemplar);
    if (residue === undefined) {
      residue = residueAt(from.picture, frame, from.known, exemplars.cells[exemplar]!, margin);
      residues.set(exemplar, residue);
    }
    const usual =
      MAX_CONTRAST * medianOf(matches.neighbours[i]!.map((neighbour) => from.contrast[neighbour]!));
    const gainLimit = Math.min(1, usual / Math.max(from.contrast[exemplar]!, Number.MIN_VALUE));
    const gain = (gainLimit * strength) / (1 + (matches.distances[i]! / HALF) ** 2);
    add(detail, weights, residue, fade, gain, cornerOf(cell, frame, filled.cells, unit, margin));
  });
  divide(detail, weights);
  return detail;
}

/** The upper one of the two middle values, where their number is even. */
function medianOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/** Weight of each px along a residue: 1 in the middle of its cell, falling to 0 across the margins. */
function fadeOver(unit: number, margin: number): Float32Array {
  return Float32Array.from({ length: unit + 2 * margin }, (_, i) => {
    const depth = Math.min(i, unit + 2 * margin - 1 - i) + 0.5; // px from the nearer end
    return margin === 0 ? 1 : Math.min(1, depth / (2 * margin));
  });
}

/** Where the residue of a hole cell begins in the detail, px. */
function cornerOf(cell: number, frame: Frame, cells: Rect, unit: number, margin: number): [number, number] {
  const column = (cell % frame.columns) - cells.x;
  const row = Math.floor(cell / frame.columns) - cells.y;
  return [column * unit - margin, row * unit - margin];
}

function add(
  detail: Planes,
  weights: Float32Array,
  residue: Planes,
  fade: Float32Array,
  gain: number,
  [left, top]: [number, number],
): void {
  const area = detail.width * detail.height;
  const lent = residue.width * residue.height;
  const end = Math.min(residue.width, detail.width - left);
  for (let y = Math.max(0, -top); y < Math.min(residue.height, detail.height - top); y++) {
    for (let x = Math.max(0, -left); x < end; x++) {
      const to = (top + y) * detail.width + left + x;
      const from = y * residue.width + x;
      const weight = fade[y]! * fade[x]!;
      weights[to]! += weight;
      const share = weight * gain;
      detail.data[to]! += share * residue.data[from]!;
      detail.data[area + to]! += share * residue.data[lent + from]!;
      detail.data[2 * area + to]! += share * residue.data[2 * lent + from]!;
    }
  }
}

/** Normalise: at the edge of the hole the weights do not sum to 1. */
function divide(detail: Planes, weights: Float32Array): void {
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    if (weight === 0) continue;
    for (let at = i; at < detail.data.length; at += weights.length) detail.data[at]! /= weight;
  }
}

import type { Mask } from './masks/mask.ts';
import type { Boundary } from './multigrid/boundary.ts';
import { boundariesOf, givenValues, restrictValues } from './multigrid/boundary.ts';
import { coarsen, unitWeights } from './multigrid/coarsen.ts';
import { fillHalo, interpolate, haloOf } from './multigrid/interpolate.ts';
import { type EdgeWeights, finestLevel, type Level, relax } from './multigrid/level.ts';
import type { Planes } from './picture.ts';

/** Replaces the values in the hole of one channel, [height, width], by the membrane over it. */
export type SolveChannel = (channel: Float32Array) => void;

/**
 * A membrane stretched over a hole: the solution of Laplace's equation in it that meets the given values next to it
 * (Pérez et al. 2003, Poisson Image Editing; the smooth interpolant of Farbman et al. 2009, Coordinates for Instant
 * Image Cloning). Only the pixels that share a side with the hole count, and the result stays between their least and
 * greatest value. Where the hole touches the edge of the raster the boundary there is natural (no slope across it);
 * a hole with nothing known around it becomes 0.
 *
 * Solved from the coarsest level to the finest (cascadic multigrid, Bornemann & Deuflhard 1996). Prepared once for a
 * hole, then solved for any number of channels.
 */
export function membraneOver(hole: Mask): SolveChannel {
  const finest = finestLevel(hole.width, hole.height, hole.data);
  const weights = unitWeights(finest);
  const levels = [finest];
  for (
    let level = finest, from: EdgeWeights = weights;
    level.width > 1 || level.height > 1;
    from = level.equation!
  ) {
    level = coarsen(level, from);
    levels.push(level);
  }
  const boundaries = boundariesOf(levels, weights.boundary);
  if (boundaries[0]!.cells.length === 0) {
    return (channel) => {
      hole.data.forEach((value, i) => {
        if (value > 0) channel[i] = 0;
      });
    };
  }
  const halos = levels.map((level) => (level === finest ? new Int32Array() : haloOf(level)));
  const sweeps = levels.map(sweepsFor);
  return (channel) => {
    readChannel(channel, finest);
    restrictGiven(levels, boundaries);
    solveFromCoarsest(levels, halos, sweeps);
    writeChannel(finest, channel);
  };
}

/** {@link membraneOver} on each channel of `planes`, in place; `hole` has their size, selected above 0. */
export function membrane(planes: Planes, hole: Mask): void {
  const area = planes.width * planes.height;
  const solve = membraneOver(hole);
  for (let channel = 0; channel < 3; channel++) {
    solve(planes.data.subarray(channel * area, (channel + 1) * area));
  }
}

/** Sets the right-hand side of every coarse level from the values around the hole. */
function restrictGiven(levels: readonly Level[], boundaries: readonly Boundary[]): void {
  let values = givenValues(levels[0]!, boundaries[0]!);
  for (let at = 1; at < levels.length; at++) {
    const { boundary, f } = levels[at]!.equation!;
    const { cells } = boundaries[at]!;
    values = restrictValues(boundaries[at - 1]!, values, cells.length);
    for (let k = 0; k < cells.length; k++) f[cells[k]!] = boundary[cells[k]!]! * values[k]!;
  }
}

/** Sweeps per level, finest first: coarse ones are cheap, and settle what the finer ones could not reach. */
const SWEEPS = [2, 6, 16, 32];

/** Small holes are cheap at every level: they get as many more sweeps as cost this many updates. */
const SPARE_UPDATES = 400_000;
const MOST_SWEEPS = 64;

function sweepsFor(level: Level, at: number): number {
  let cells = 0;
  for (let s = 0; s < level.spans.length; s += 2) cells += level.spans[s + 1]! - level.spans[s]!;
  return Math.max(
    SWEEPS[Math.min(at, SWEEPS.length - 1)]!,
    Math.min(MOST_SWEEPS, Math.floor(SPARE_UPDATES / cells)),
  );
}

function solveFromCoarsest(
  levels: readonly Level[],
  halos: readonly Int32Array[],
  sweeps: readonly number[],
): void {
  for (let at = levels.length - 1; at >= 0; at--) {
    const level = levels[at]!;
    const coarse = levels[at + 1];
    if (coarse) {
      fillHalo(coarse, halos[at + 1]!);
      interpolate(coarse, level);
    }
    relax(level, sweeps[at]!);
  }
}

function readChannel(channel: Float32Array, { u, width, height, stride }: Level): void {
  for (let y = 0; y < height; y++) u.set(channel.subarray(y * width, (y + 1) * width), (y + 1) * stride + 1);
}

function writeChannel({ u, width, height, stride, spans, rowSpans }: Level, channel: Float32Array): void {
  for (let y = 0; y < height; y++) {
    const shift = y * width - (y + 1) * stride - 1;
    for (let s = rowSpans[y]!; s < rowSpans[y + 1]!; s += 2) {
      channel.set(u.subarray(spans[s], spans[s + 1]), spans[s]! + shift);
    }
  }
}

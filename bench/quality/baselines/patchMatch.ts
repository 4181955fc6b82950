import { distanceInside } from '../../../core/pixels/masks/distance.ts';
import type { Mask } from '../../../core/pixels/masks/mask.ts';
import type { Picture } from '../../../core/pixels/picture.ts';
import { toPlanes } from '../../../core/pixels/planes.ts';
import { fullRect } from '../../../core/base/geometry.ts';
import { createRng, type Rng } from '../../../core/base/rng.ts';
import { improve, type NearestField, RADIUS, startField } from './nearestField.ts';
import { pyramid, type Scale } from './pyramid.ts';

const ROUNDS = [12, 8, 5, 3]; // of search and vote, from the coarsest scale on
const PASSES = 3; // of search in each round
const TRUST = 1.3; // a patch counts 1 / TRUST per px that its centre lies inside the hole

/**
 * Fills a hole with patches of the same picture: from coarse to fine, patches that touch the hole look for their like
 * among the known ones (PatchMatch, Barnes et al. 2009), and what they find is averaged in the hole (Wexler et al.
 * 2007, Space-Time Completion of Video), again and again.
 */
export function patchMatchFill(picture: Picture, mask: Mask): Picture {
  const rng = createRng(1);
  const scales = pyramid(toPlanes(picture, fullRect(picture), picture), mask);
  let coarser: { scale: Scale; field: NearestField } | undefined;
  scales.forEach((scale, level) => {
    const guess = coarser && enlarge(coarser.scale, coarser.field, scale);
    const field = startField(scale, rng, guess);
    const weights = trust(scale);
    if (coarser) vote(scale, field, weights);
    for (let round = 0; round < (ROUNDS[level] ?? 2); round++) settle(scale, field, weights, rng);
    coarser = { scale, field };
  });
  return withHole(picture, scales.at(-1)!);
}

function settle(scale: Scale, field: NearestField, weights: Float32Array, rng: Rng): void {
  for (let pass = 0; pass < PASSES; pass++) improve(scale, field, rng, pass % 2 === 0);
  vote(scale, field, weights);
}

/** The match of each target as the coarser scale has it. */
function enlarge(coarse: Scale, field: NearestField, fine: Scale): (target: number) => number {
  return (target) => {
    const x = target % fine.width;
    const y = Math.floor(target / fine.width);
    const source = field.sources[(y >> 1) * coarse.width + (x >> 1)]!;
    const [sx, sy] = [source % coarse.width, Math.floor(source / coarse.width)];
    return (2 * sy + (y & 1)) * fine.width + 2 * sx + (x & 1);
  };
}

/** How much each patch is believed: less the deeper in the hole it lies. */
function trust({ width, height, hole }: Scale): Float32Array {
  const depth = distanceInside(
    { width, height, data: hole.map((value) => 255 * value) },
    { x: 0, y: 0, width, height },
  );
  return Float32Array.from(depth, (px) => TRUST ** -Math.min(px, width + height));
}

/** Each pixel of the hole becomes the weighted mean of what the patches over it found. */
function vote(scale: Scale, { targets, sources, costs }: NearestField, weights: Float32Array): void {
  const { width, colours, hole } = scale;
  const sums = new Float32Array(colours.length);
  const total = new Float32Array(hole.length);
  let spread = 1e-6;
  for (const target of targets) spread += costs[target]! / targets.length;
  for (const target of targets) {
    const weight = Math.max(1e-12, weights[target]! * Math.exp(-costs[target]! / (2 * spread)));
    for (let row = -RADIUS; row <= RADIUS; row++) {
      for (let column = -RADIUS; column <= RADIUS; column++) {
        const to = target + row * width + column;
        if (hole[to] !== 1) continue;
        const from = 3 * (sources[target]! + row * width + column);
        for (let c = 0; c < 3; c++) sums[3 * to + c]! += weight * colours[from + c]!;
        total[to]! += weight;
      }
    }
  }
  for (let i = 0; i < hole.length; i++) {
    const weight = total[i]!;
    if (weight === 0) continue;
    for (let c = 0; c < 3; c++) colours[3 * i + c] = sums[3 * i + c]! / weight;
  }
}

function withHole(picture: Picture, { colours, hole }: Scale): Picture {
  const data = picture.data.slice();
  for (let i = 0; i < hole.length; i++) {
    for (let c = 0; c < 3 && hole[i] === 1; c++) data[4 * i + c] = Math.round(255 * colours[3 * i + c]!);
  }
  return { ...picture, data };
}

import type { Mask } from '../../core/pixels/masks/mask.ts';
import type { Planes } from '../../core/pixels/picture.ts';
import { createRng } from '../../core/base/rng.ts';
import { luminance } from './metrics.ts';

const SIDE = 8; // px of a patch
const STRIDE = 4; // px between patches
const DIRECTIONS = 64;

/** Luminance patches [SIDE * SIDE] that `mask` selects wholly: their texture and their shading, both. */
export function patchesIn(planes: Planes, mask: Mask): Float32Array[] {
  const light = luminance(planes);
  const patches: Float32Array[] = [];
  for (let y = 0; y + SIDE <= planes.height; y += STRIDE) {
    for (let x = 0; x + SIDE <= planes.width; x += STRIDE) {
      const patch = new Float32Array(SIDE * SIDE);
      let selected = 0;
      for (let i = 0; i < patch.length; i++) {
        const at = (y + Math.floor(i / SIDE)) * planes.width + x + (i % SIDE);
        patch[i] = light[at]!;
        if (mask.data[at]! > 0) selected++;
      }
      if (selected === patch.length) patches.push(patch);
    }
  }
  return patches;
}

/**
 * Sliced Wasserstein distance of two equally large sets of patches (Rabin et al. 2011): patches without their mean are
 * laid on random directions, and the sorted shadows are compared. 0 where both sets hold the same textures, however they
 * are arranged; too smooth and too patchy both raise it.
 */
export function slicedWasserstein(
  a: readonly Float32Array[],
  b: readonly Float32Array[],
  seed: number,
): number {
  const rng = createRng(seed);
  let total = 0;
  for (let k = 0; k < DIRECTIONS; k++) {
    const direction = randomDirection(
      () => Math.sqrt(-2 * Math.log(rng.uniformOpen())) * Math.cos(2 * Math.PI * rng.uniform()),
    );
    const x = shadows(a, direction);
    const y = shadows(b, direction);
    let sum = 0;
    for (let i = 0; i < x.length; i++) sum += Math.abs(x[i]! - y[i]!);
    total += sum / x.length;
  }
  return total / DIRECTIONS;
}

/** A unit vector whose components sum to zero, so that shading has no part in it. */
function randomDirection(normal: () => number): Float32Array {
  const direction = Float32Array.from({ length: SIDE * SIDE }, normal);
  const mean = direction.reduce((sum, value) => sum + value, 0) / direction.length;
  const centred = direction.map((value) => value - mean);
  const length = Math.hypot(...centred);
  return centred.map((value) => value / length);
}

function shadows(patches: readonly Float32Array[], direction: Float32Array): Float32Array {
  return Float32Array.from(patches, (patch) => {
    let sum = 0;
    for (let i = 0; i < patch.length; i++) sum += patch[i]! * direction[i]!;
    return sum;
  }).sort();
}

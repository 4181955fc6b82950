import path from 'node:path';
import type { FillJob } from '../../../../bench/support.ts';
import type { Mask } from '../../../../core/pixels/masks/mask.ts';
import type { Picture, PixelPatch } from '../../../../core/pixels/picture.ts';
import { pastePatch } from '../../../../core/pixels/crop.ts';
import { PRESETS } from '../../../../core/sampling/presets.ts';
import { type LoadedPackage, loadPackage } from '../../../../native-models/runtime/loadPackage.ts';

/** Eight grey levels, one token per 8 x 8 px: everything it does can be worked out by hand. */
export function loadTiny(): Promise<LoadedPackage> {
  return loadPackage(path.resolve('test/fixtures/tiny-package/tiny'));
}

/** A picture whose every pixel differs from its neighbours. */
export function pattern(width: number, height: number): Picture {
  const data = new Uint8Array(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    const x = i % width;
    const y = Math.floor(i / width);
    data.set([(x * 7 + y * 3) % 256, (x * 2 + y * 5 + 40) % 256, (x + y * 11) % 256, 255], 4 * i);
  }
  return { width, height, data };
}

/** A selection of rectangles [x, y, width, height]. */
export function boxes(width: number, height: number, ...list: [number, number, number, number][]): Mask {
  const data = new Uint8Array(width * height);
  for (const [x, y, w, h] of list) {
    for (let row = y; row < y + h; row++) data.fill(255, row * width + x, row * width + x + w);
  }
  return { width, height, data };
}

/** A job with settings that are quick and in which chance has a part. */
export function jobOf(picture: Picture, selection: Mask, rest: Partial<FillJob> = {}): FillJob {
  const sampling = { ...PRESETS.balanced, steps: 4, temperature: 1.5 };
  return { picture, selection, sampling, seed: 1, candidates: 1, feather: 0, detail: 1, ...rest };
}

/** The picture with a candidate's patches, as a new picture. */
export function patched(picture: Picture, patches: readonly PixelPatch[]): Picture {
  const copy = { ...picture, data: picture.data.slice() };
  for (const patch of patches) pastePatch(copy, patch);
  return copy;
}

/** How many bytes differ where nothing is selected. */
export function changedOutside(before: Picture, after: Picture, selection: Mask): number {
  let changed = 0;
  for (let i = 0; i < before.data.length; i++) {
    if (selection.data[i >> 2] === 0 && before.data[i] !== after.data[i]) changed++;
  }
  return changed;
}

import type { Mask } from '../../core/pixels/masks/mask.ts';
import { pastePatch } from '../../core/pixels/crop.ts';
import type { Picture } from '../../core/pixels/picture.ts';
import type { Preset } from '../../core/sampling/presets.ts';
import { fillPicture } from '../support.ts';
import type { LoadedPackage } from '../../native-models/runtime/loadPackage.ts';

/** Refills what `hole` selects (any value above 0) and leaves every other pixel as it is. */
export type Filler = (picture: Picture, hole: Mask) => Picture | Promise<Picture>;

/** A package's fill, one candidate, as the editor makes it. */
export function packageFiller(model: LoadedPackage, sampling: Preset): Filler {
  return async (picture, selection) => {
    const settings = { seed: 1, candidates: 1, feather: 0, detail: 1, scale: 1 };
    const { candidates } = await fillPicture(model, { picture, selection, sampling, ...settings });
    const filled = { ...picture, data: picture.data.slice() };
    for (const patch of candidates[0]!.patches) pastePatch(filled, patch);
    return filled;
  };
}

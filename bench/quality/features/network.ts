import path from 'node:path';
import type { Mask } from '../../../core/pixels/masks/mask.ts';
import type { Planes } from '../../../core/pixels/picture.ts';
import { sessionFactory } from '../../../native-models/runtime/sessions.ts';
import { floats, floatsOf } from '../../../native-models/runtime/tensors.ts';

const FEATURES = 64;
const STRIDE = 16; // px

/** The feature vectors of the places of a picture, squares of 16 px, that `mask` selects wholly; of all without it. */
export type FeatureNetwork = (planes: Planes, mask?: Mask) => Promise<Float32Array[]>;

/** Our own feature network, see README.md beside this file. */
export async function featureNetwork(root: string): Promise<FeatureNetwork> {
  const name = 'features.onnx';
  const session = await sessionFactory().create(path.join(root, 'bench/quality/features', name), name);
  return async (planes, mask) => {
    const [height, width] = [planes.height / STRIDE, planes.width / STRIDE];
    const image = floats(
      planes.data.map((value) => 2 * value - 1),
      [1, 3, planes.height, planes.width],
    );
    const { features } = await session.run({ image });
    const data = floatsOf(name, 'features', features, [1, FEATURES, height, width]);
    const chosen: Float32Array[] = [];
    for (let place = 0; place < width * height; place++) {
      if (mask && !selectsWholly(mask, place % width, Math.floor(place / width))) continue;
      chosen.push(Float32Array.from({ length: FEATURES }, (_, k) => data[k * width * height + place]!));
    }
    return chosen;
  };
}

function selectsWholly(mask: Mask, column: number, row: number): boolean {
  for (let y = row * STRIDE; y < (row + 1) * STRIDE; y++) {
    const start = y * mask.width + column * STRIDE;
    for (let i = start; i < start + STRIDE; i++) if (mask.data[i] === 0) return false;
  }
  return true;
}

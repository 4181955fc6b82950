import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { cropsOf } from '../../../../../bench/quality/crops.ts';
import { type FeatureNetwork, featureNetwork } from '../../../../../bench/quality/features/network.ts';
import { planesOf } from '../../../../../bench/quality/fills.ts';
import { frechet } from '../../../../../bench/quality/frechet.ts';
import { rectangle } from '../../../../../bench/support.ts';
import type { Planes } from '../../../../../core/pixels/picture.ts';
import { resizePlanes } from '../../../../../core/pixels/resample.ts';
import { stream } from '../../../../unit/core/pixels/random.ts';

const root = path.resolve(import.meta.dirname, '../../../../..');

describe('the feature network of the benches', () => {
  let features: FeatureNetwork;
  let truth: Planes[];

  beforeAll(async () => {
    features = await featureNetwork(root);
    truth = (await cropsOf(path.join(root, 'assets/samples'))).map(planesOf);
  });

  async function distance(damaged: (planes: Planes) => Planes): Promise<number> {
    const vectors = { true: [] as Float32Array[], damaged: [] as Float32Array[] };
    for (const planes of truth) {
      vectors.true.push(...(await features(planes)));
      vectors.damaged.push(...(await features(damaged(planes))));
    }
    return frechet(vectors.true, vectors.damaged);
  }

  function rising(distances: readonly number[]): void {
    distances.forEach((value, i) => {
      if (i > 0) expect(value).toBeGreaterThan(1.05 * distances[i - 1]!);
    });
  }

  test('gives one vector per square of 16 px, of those that a mask selects wholly', async () => {
    const [planes] = truth;
    expect(await features(planes!)).toHaveLength(256);
    const mask = rectangle(planes!, { x: 8, y: 16, width: 40, height: 33 });
    expect(await features(planes!, mask)).toHaveLength(4);
  });

  test('finds pictures farther from the truth the more they are blurred', async () => {
    const blurred = (factor: number) => (planes: Planes) =>
      resizePlanes(
        resizePlanes(planes, planes.width / factor, planes.height / factor),
        planes.width,
        planes.height,
      );
    rising([await distance(blurred(2)), await distance(blurred(4)), await distance(blurred(8))]);
  });

  test('and the noisier they are', async () => {
    const noisy = (amount: number) => (planes: Planes) => {
      const next = stream(1);
      return { ...planes, data: planes.data.map((value) => value + amount * (next() - 0.5)) };
    };
    rising([await distance(noisy(0.05)), await distance(noisy(0.15)), await distance(noisy(0.4))]);
  });

  test('and the more of them is replaced by its mean', async () => {
    const flattened = (side: number) => (planes: Planes) => {
      const area = planes.width * planes.height;
      const data = planes.data.slice();
      for (let c = 0; c < 3; c++) {
        const mean = data.subarray(c * area, (c + 1) * area).reduce((sum, value) => sum + value, 0) / area;
        for (let y = 0; y < side; y++)
          data.fill(mean, c * area + y * planes.width, c * area + y * planes.width + side);
      }
      return { ...planes, data };
    };
    rising([await distance(flattened(64)), await distance(flattened(128)), await distance(flattened(256))]);
  });
});

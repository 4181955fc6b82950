import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withDenoiser } from '../../../../../core/model/model.ts';
import { MASK } from '../../../../../core/tokens/grid.ts';
import { loadPackage } from '../../../../../native-models/runtime/loadPackage.ts';
import { loadFromServer } from '../../../../../native-models/runtime/server/serverPackage.ts';
import { TINY } from '../fixtures.ts';
import { startTriton, type Triton, whyNoTriton } from './startTriton.ts';

const tokens = Int32Array.from({ length: 48 }, (_, i) => (i % 3 === 0 ? MASK : i % 8));
const windows = { batch: 3, width: 4, height: 4, tokens, select: Int32Array.of(0, 3, 18, 33, 45) };

describe.skipIf(whyNoTriton !== '')(`NVIDIA Triton${whyNoTriton}`, () => {
  let triton: Triton;
  beforeAll(async () => {
    triton = await startTriton(TINY, 'tiny');
  });
  afterAll(() => triton.stop());

  test('gives what the package gives here', async () => {
    const server = await loadFromServer({ url: triton.url }, { id: 'tiny', folder: TINY });
    const here = await loadPackage(TINY, { provider: 'cpu' });
    try {
      const there = withDenoiser(server, []);
      const logits = await here.denoiser.predict(windows);
      expect(await there.denoiser.predict(windows)).toEqual(logits);
      const frame = {
        width: 24,
        height: 16,
        data: Float32Array.from({ length: 3 * 384 }, (_, i) => (i % 9) / 8),
      };
      const { grid } = await here.tokenizer.encode(frame);
      expect((await there.tokenizer.encode(frame)).grid).toEqual(grid);
      expect(await there.tokenizer.decode(grid)).toEqual(await here.tokenizer.decode(grid));
      expect(server.provider).toBe('server');
    } finally {
      await server.dispose();
      await here.dispose();
    }
  });

  test('loses its power between two steps, and the next one runs here and gives the same', async () => {
    const other = await startTriton(TINY, 'tiny');
    const messages: string[] = [];
    const server = await loadFromServer(
      { url: other.url },
      { id: 'tiny', folder: TINY },
      { provider: 'cpu', onMessage: (message) => messages.push(message) },
    );
    try {
      const there = withDenoiser(server, []);
      const before = await there.denoiser.predict(windows);
      expect(server.provider).toBe('server');
      await other.pullPlug();
      expect(await there.denoiser.predict(windows)).toEqual(before);
      expect(server.provider).toBe('cpu');
      expect(messages).toEqual([
        expect.stringMatching(/^The server 127\.0\.0\.1:\d+ .*, so the models run here\.$/),
      ]);
    } finally {
      await server.dispose();
      await other.stop();
    }
  });
});

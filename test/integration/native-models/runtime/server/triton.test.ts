import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withDenoiser } from '../../../../../core/model/model.ts';
import { MASK } from '../../../../../core/tokens/grid.ts';
import { loadPackage } from '../../../../../native-models/runtime/loadPackage.ts';
import { loadFromServer } from '../../../../../native-models/runtime/server/serverPackage.ts';
import { TINY } from '../fixtures.ts';

const python = process.env.TESSERA_TRITON_PYTHON ?? '/usr/bin/python3';
const isHere = spawnSync(python, ['-c', 'import pytriton, onnxruntime'], { stdio: 'ignore' }).status === 0;
const reason = isHere
  ? ''
  : ' (skipped: no Python with nvidia-pytriton and onnxruntime, see TESSERA_TRITON_PYTHON)';

/** A port with two free ones after it, as far as anybody can know. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe.skipIf(!isHere)(`NVIDIA Triton${reason}`, () => {
  let url = '';
  let child: ChildProcess;
  beforeAll(async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const script = path.join(import.meta.dirname, 'triton.py');
    child = spawn(python, [script, TINY, 'tiny', `${port}`], { stdio: 'ignore' });
    const isReady = () =>
      fetch(`${url}/v2/models/tiny-denoiser/ready`)
        .then(({ ok }) => ok)
        .catch(() => false);
    while (child.exitCode === null && !(await isReady())) await sleep(200);
  });
  afterAll(async () => {
    if (child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  });

  test('gives what the package gives here', async () => {
    const server = await loadFromServer({ url }, { id: 'tiny', folder: TINY });
    const here = await loadPackage(TINY, { provider: 'cpu' });
    try {
      const tokens = Int32Array.from({ length: 48 }, (_, i) => (i % 3 === 0 ? MASK : i % 8));
      const windows = { batch: 3, width: 4, height: 4, tokens, select: Int32Array.of(0, 3, 18, 33, 45) };
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
});

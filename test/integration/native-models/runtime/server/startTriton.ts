import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const python = process.env.TESSERA_TRITON_PYTHON ?? '/usr/bin/python3';

/** Why no Triton can run here, as the end of a test's name; empty where one can. */
export const whyNoTriton =
  spawnSync(python, ['-c', 'import pytriton, onnxruntime'], { stdio: 'ignore' }).status === 0
    ? ''
    : ' (skipped: no Python with nvidia-pytriton and onnxruntime, see TESSERA_TRITON_PYTHON)';

export interface Triton {
  readonly url: string;
  stop(): Promise<void>;
  /** Ends all of its processes at once, as when the machine loses its power. */
  pullPlug(): Promise<void>;
}

/** NVIDIA Triton with the models of the package in `folder`, ready. */
export async function startTriton(folder: string, id: string): Promise<Triton> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const script = path.join(import.meta.dirname, 'triton.py');
  // A group of its own: Triton is several processes.
  const child = spawn(python, [script, folder, id, `${port}`], { stdio: 'ignore', detached: true });
  const isReady = () =>
    fetch(`${url}/v2/models/${id}-denoiser/ready`)
      .then(({ ok }) => ok)
      .catch(() => false);
  while (!(await isReady())) {
    if (child.exitCode !== null) throw new Error('Triton did not start.');
    await sleep(200);
  }
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    process.kill(signal === 'SIGKILL' ? -child.pid! : child.pid!, signal);
    await ended;
  };
  return { url, stop: () => end('SIGTERM'), pullPlug: () => end('SIGKILL') };
}

/** A port with two free ones after it, as far as anybody can know. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MASK } from '../core/tokens/grid.ts';
import { withDenoiser } from '../core/model/model.ts';
import { DEFAULT_PACKAGE, embeddedPackages } from '../native-models/runtime/findPackages.ts';
import { loadFromServer } from '../native-models/runtime/server/serverPackage.ts';
import { benchOptions, report, round, summarise } from './report.ts';
import {
  balancedJob,
  centredSquare,
  fillPicture,
  readyPackage,
  rectangle,
  samplePicture,
} from './support.ts';

const WINDOWS = 8;
const CANDIDATES = 4;
const SIDE = 16; // tokens of a window

/**
 * What a server costs beside the same models here: a step of one window, all windows of all candidates in one request and one
 * by one, a whole fill, and the bytes that travel for it. The server is Triton on this machine, which TESSERA_TRITON_PYTHON
 * (a Python with nvidia-pytriton and onnxruntime) starts, or one that `--server URL` names.
 */
export async function main(args: string[], { root }: { root: string }): Promise<number> {
  const at = args.indexOf('--server');
  const given = at < 0 ? undefined : args.splice(at, 2)[1];
  const options = benchOptions(args);
  const folder = options.package ?? path.join(embeddedPackages(root), DEFAULT_PACKAGE);
  const python = process.env.TESSERA_TRITON_PYTHON;
  if (given === undefined && python === undefined) {
    process.stderr.write(
      'name a server with --server URL, or a Python that can start one in TESSERA_TRITON_PYTHON\n',
    );
    return 2;
  }
  const started = given === undefined ? await startTriton(python!, root, folder) : null;
  const counter = await countBytes(new URL(given ?? started!.url));
  const here = await readyPackage(root, folder);
  const parts = await loadFromServer({ url: counter.url }, { id: here.id, folder });
  const there = withDenoiser(parts, []);
  try {
    await parts.warmUp();
    const single = windowsOf(1);
    const all = windowsOf(WINDOWS * CANDIDATES);
    const each = Array.from({ length: WINDOWS * CANDIDATES }, () => single);
    const oneByOne = async (model: typeof here.denoiser): Promise<void> => {
      for (const windows of each) await model.predict(windows);
    };
    const picture = await samplePicture(root, 256, 256);
    const job = balancedJob(picture, rectangle(picture, centredSquare(picture, 0.25)));
    const work: [string, () => Promise<unknown>, () => Promise<unknown>][] = [
      ['a step, one window', () => here.denoiser.predict(single), () => there.denoiser.predict(single)],
      [
        `a step, ${all.batch} windows at once`,
        () => here.denoiser.predict(all),
        () => there.denoiser.predict(all),
      ],
      [`${all.batch} windows one by one`, () => oneByOne(here.denoiser), () => oneByOne(there.denoiser)],
      ['a fill of 25 %', () => fillPicture(here, job), () => fillPicture(there, job)],
    ];
    const rows = [];
    for (const [name, local, remote] of work) {
      const times = { here: [] as number[], there: [] as number[] };
      const before = counter.bytes();
      for (let run = 0; run <= options.runs; run++) {
        const [a, b] = [await timed(local), await timed(remote)];
        if (run === 0) continue; // warms up
        times.here.push(a);
        times.there.push(b);
      }
      const [mine, its] = [summarise(times.here), summarise(times.there)];
      rows.push({
        work: name,
        'here ms': mine.median,
        'on the server ms': its.median,
        ratio: round(its.median / mine.median),
        'least ratio': round(its.min / mine.min),
        'KB each': round((counter.bytes() - before) / 1024 / (options.runs + 1)),
      });
    }
    if (parts.provider !== 'server') throw new Error('The server was left in the middle.');
    report('remote', rows, options.out);
    return 0;
  } finally {
    await parts.dispose();
    await here.dispose();
    counter.close();
    started?.child.kill('SIGTERM');
  }
}

/** A quarter of each window is missing and asked for. */
function windowsOf(batch: number) {
  const cells = SIDE * SIDE;
  const select = Int32Array.from({ length: (batch * cells) / 4 }, (_, i) => 4 * i);
  const tokens = Int32Array.from({ length: batch * cells }, (_, i) => (i % 4 === 0 ? MASK : i % 97));
  return { batch, width: SIDE, height: SIDE, tokens, select };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function startTriton(
  python: string,
  root: string,
  folder: string,
): Promise<{ url: string; child: ChildProcess }> {
  const port = 8100;
  const script = path.join(root, 'test/integration/native-models/runtime/server/triton.py');
  const child = spawn(python, [script, folder, path.basename(folder), `${port}`], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  const ready = `${url}/v2/models/${path.basename(folder)}-denoiser/ready`;
  const isReady = () =>
    fetch(ready)
      .then(({ ok }) => ok)
      .catch(() => false);
  while (!(await isReady())) {
    if (child.exitCode !== null) throw new Error('Triton did not start.');
    await sleep(200);
  }
  return { url, child };
}

/** Passes everything on to a server, and counts it. */
async function countBytes({ hostname, port }: URL) {
  let count = 0;
  const server: Server = createServer((near) => {
    const far = connect(Number(port), hostname);
    near.setNoDelay(true);
    far.setNoDelay(true);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (part) => (count += part.length));
      from.pipe(to);
      from.on('error', () => to.destroy());
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bytes: () => count,
    close: () => server.close(),
  };
}

import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { MASK } from '../../../../../core/tokens/grid.ts';
import { withDenoiser } from '../../../../../core/model/model.ts';
import { loadPackage } from '../../../../../native-models/runtime/loadPackage.ts';
import { openPackageFolder } from '../../../../../native-models/runtime/packageFolder.ts';
import {
  loadFromServer,
  packagesOnServer,
} from '../../../../../native-models/runtime/server/serverPackage.ts';
import type { ServerOptions } from '../../../../../native-models/runtime/server/connection.ts';
import { writeTritonRepository } from '../../../../../native-models/runtime/server/tritonRepository.ts';
import { errorOf, TINY } from '../fixtures.ts';
import { serve, type StandIn, type StandInOptions } from './standIn.ts';

const PATIENCE = { connect: 2_000, silence: 300, again: [10], slower: { times: 10, least: 4_000 } };
const open: { dispose?: () => Promise<void>; stop?: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await (each.dispose ?? each.stop)!();
});

async function server(options?: StandInOptions): Promise<StandIn> {
  const made = await serve(TINY, 'tiny', options);
  open.push(made);
  return made;
}

async function load({ url }: { url: string }, folder: string | null, more: Partial<ServerOptions> = {}) {
  const messages: string[] = [];
  const options: ServerOptions = { url, patience: PATIENCE, ...more };
  const onMessage = (message: string): number => messages.push(message);
  const parts = await loadFromServer(options, { id: 'tiny', folder }, { provider: 'cpu', onMessage });
  open.push(parts);
  return { model: withDenoiser(parts, []), parts, messages };
}

const tokens = Int32Array.from({ length: 48 }, (_, i) => (i % 3 === 0 ? MASK : i % 8));
const windows = { batch: 3, width: 4, height: 4, tokens, select: Int32Array.of(0, 3, 18, 33, 45) };

async function expected(): Promise<Float32Array> {
  const here = await loadPackage(TINY, { provider: 'cpu' });
  open.push(here);
  return here.denoiser.predict(windows);
}

describe('a package on a server', () => {
  test.each([{ binary: true }, { binary: false }])('gives what it gives here: %o', async (options) => {
    const { model, parts } = await load(await server(options), null);
    expect(parts.provider).toBe('server');
    expect(parts.sha256).toBe((await openPackageFolder(TINY)).sha256);
    expect(await model.denoiser.predict(windows)).toEqual(await expected());
    const frame = { width: 16, height: 16, data: new Float32Array(3 * 256).fill(0.5) };
    const { grid } = await model.tokenizer.encode(frame);
    const here = await loadPackage(TINY, { provider: 'cpu' });
    open.push(here);
    expect(grid).toEqual((await here.tokenizer.encode(frame)).grid);
    expect(await model.tokenizer.decode(grid)).toEqual(await here.tokenizer.decode(grid));
  });

  test('is asked once for all windows of a step', async () => {
    const standIn = await server();
    const { model } = await load(standIn, TINY);
    await model.denoiser.predict(windows);
    const before = standIn.asked.length;
    await model.denoiser.predict(windows);
    expect(standIn.asked.slice(before)).toEqual(['POST v2/models/tiny-denoiser/infer']);
  });

  test('is known from here where the server does not tell what it is', async () => {
    const standIn = await server({ tellsManifest: false });
    const { model } = await load(standIn, TINY);
    expect(await model.denoiser.predict(windows)).toEqual(await expected());
    expect((await errorOf(load(standIn, null))).message).toBe(
      `The server ${new URL(standIn.url).host} does not tell what the package tiny is, and it is not installed here.`,
    );
  });

  test('gets a token, and nobody else does', async () => {
    const standIn = await server({ token: 'secret' });
    const { model } = await load(standIn, null, { token: 'secret' });
    expect(await model.denoiser.predict(windows)).toEqual(await expected());
    const refused = await errorOf(load(standIn, TINY, { token: 'another' }));
    expect(refused.message).toMatch(/^The server 127.* does not let you in\.$/);
    const plain = await errorOf(load({ url: 'http://models.example.org' }, null, { token: 'secret' }));
    expect(plain).toMatchObject({ code: 'usage', message: 'A token is sent over https alone.' });
  });

  test.each(['models.example.org', 'ftp://models.example.org', 'https://me:secret@models.example.org'])(
    'refuses the address %s',
    async (url) => {
      expect(await errorOf(load({ url }, null))).toMatchObject({ code: 'usage' });
    },
  );

  test('stops at once when it is told to', async () => {
    const standIn = await server();
    const { model } = await load(standIn, TINY, { patience: { ...PATIENCE, silence: 20_000 } });
    await model.denoiser.predict(windows);
    standIn.misbehave = () => true; // never answers
    const stop = new AbortController();
    const work = errorOf(model.denoiser.predict(windows, stop.signal));
    setTimeout(() => {
      stop.abort();
    }, 20);
    expect(await work).toMatchObject({ code: 'aborted' });
  });
});

describe('the packages on a server', () => {
  const packagesOn = async ({ url }: StandIn) => {
    const here = await openPackageFolder(TINY);
    const found = await packagesOnServer({ url, patience: PATIENCE }, [here]);
    return found.map(({ manifest, sha256 }) => [manifest.id, sha256 === here.sha256]);
  };

  test.each([
    {},
    { tellsModels: false },
    { tellsManifest: false },
    { tellsModels: false, tellsManifest: false },
  ])('are found: %o', async (options) => {
    expect(await packagesOn(await server(options))).toEqual([['tiny', true]]);
  });

  test('are none where it does not list its models, and none that is here is there', async () => {
    const standIn = await server({ tellsModels: false });
    const { url } = standIn;
    expect(await packagesOnServer({ url, patience: PATIENCE }, [])).toEqual([]);
  });

  test('are not looked for on a server of something else', async () => {
    const standIn = await server();
    standIn.misbehave = (_, response) => {
      response.end('<html>');
      return true;
    };
    expect((await errorOf(packagesOn(standIn))).message).toMatch(
      /^The server .* does not speak the Open Inference Protocol\.$/,
    );
  });
});

type Misbehaviour = (request: IncomingMessage, response: ServerResponse) => void;
const json = (value: unknown): Misbehaviour => {
  return (_, response) => response.end(JSON.stringify(value));
};
const logits = (rest: object) => ({
  outputs: [{ name: 'logits', datatype: 'FP32', shape: [5, 8], ...rest }],
});

describe('a server that', () => {
  test.each<[string, Misbehaviour]>([
    ['is silent', () => undefined],
    [
      'cuts its answer',
      (_, r) => r.writeHead(200, { 'content-length': '900' }).write('{', () => r.destroy()),
    ],
    ['fails', (_, response) => response.writeHead(500).end('{"error":"CUDA out of memory"}')],
    ['is busy for long', (_, response) => response.writeHead(503).end()],
    ['sends elsewhere', (_, r) => r.writeHead(307, { location: 'http://127.0.0.1:9/' }).end()],
    ['has huge headers', (_, r) => r.writeHead(200, { junk: 'x'.repeat(100_000) }).end()],
    ['answers with no JSON', (_, response) => response.end('<html>')],
    ['answers with deep JSON', (_, response) => response.end('['.repeat(100_000))],
    ['gives too few numbers', json(logits({ data: [1, 2, 3] }))],
    ['gives texts', json(logits({ data: Array.from({ length: 40 }, () => 'a') }))],
    ['gives another type', json(logits({ datatype: 'FP16', data: [] }))],
    ['tells wrong sizes', json(logits({ parameters: { binary_data_size: 160 } }))],
    ['tells endless sizes', json(logits({ shape: [1e8, 1e8], parameters: { binary_data_size: 8 } }))],
    [
      'tells a wrong length of its header',
      (_, r) => r.writeHead(200, { 'inference-header-content-length': '99999' }).end('{}'),
    ],
  ])('%s is left, and work goes on here', async (_, misbehaviour) => {
    const standIn = await server();
    const { model, parts, messages } = await load(standIn, TINY);
    await parts.warmUp();
    standIn.misbehave = (request, response) => {
      misbehaviour(request, response);
      return true;
    };
    expect(await model.denoiser.predict(windows)).toEqual(await expected());
    expect(parts.provider).toBe('cpu');
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(/^The server 127\.0\.0\.1:\d+ .*, so the models run here\.$/);
    const asked = standIn.asked.length;
    await model.tokenizer.decode({ width: 2, height: 1, ids: Int32Array.of(1, 2) });
    expect(standIn.asked).toHaveLength(asked);
  });

  test('becomes much slower is left in the middle of a run', async () => {
    const standIn = await server();
    const patience = { ...PATIENCE, silence: 60_000, slower: { times: 2, least: 200 } };
    const { model, messages } = await load(standIn, TINY, { patience });
    await model.denoiser.predict(windows);
    standIn.misbehave = () => true; // answers in an hour
    expect(await model.denoiser.predict(windows)).toEqual(await expected());
    expect(messages).toEqual([
      `The server ${new URL(standIn.url).host} has become much slower, so the models run here.`,
    ]);
  });

  test('gives another shape does not fit its manifest', async () => {
    const standIn = await server();
    const { model, parts } = await load(standIn, TINY);
    await parts.warmUp();
    standIn.misbehave = (_, response) => {
      response.end(JSON.stringify(logits({ shape: [1, 8], data: Array.from({ length: 8 }, () => 0) })));
      return true;
    };
    expect((await errorOf(model.denoiser.predict(windows))).message).toContain('has the shape [1, 8]');
  });

  test('is not there: the package is opened here, or the error says so', async () => {
    const standIn = await server();
    open.pop();
    await standIn.stop();
    const { parts, messages } = await load(standIn, TINY);
    expect(parts.provider).toBe('cpu');
    expect(messages[0]).toMatch(/ cannot be reached, so the models run here\.$/);
    expect(await errorOf(load(standIn, null))).toMatchObject({ code: 'package' });
  });

  test('was busy for a moment is asked again', async () => {
    const standIn = await server();
    const { model, parts, messages } = await load(standIn, TINY);
    await parts.warmUp();
    let times = 0;
    standIn.misbehave = (_, response) => {
      if (times++ > 0) return false;
      response.writeHead(503).end();
      return true;
    };
    expect(await model.denoiser.predict(windows)).toEqual(await expected());
    expect(messages).toEqual([]);
    expect(times).toBe(2);
  });
});

test('a package is written as a model repository', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'tessera-triton-'));
  try {
    const names = await writeTritonRepository(await openPackageFolder(TINY), folder);
    expect(names.sort()).toEqual(['tiny-decoder', 'tiny-denoiser', 'tiny-encoder']);
    for (const name of names) {
      const file = `${name.slice('tiny-'.length)}.onnx`;
      expect(await readdir(path.join(folder, name, '1'))).toEqual([file]);
      expect(await readFile(path.join(folder, name, '1', file))).toEqual(
        await readFile(path.join(TINY, file)),
      );
    }
    const config = (name: string) => readFile(path.join(folder, name, 'config.pbtxt'), 'utf8');
    expect(await config('tiny-decoder')).toBe(
      `name: "tiny-decoder"
backend: "onnxruntime"
default_model_filename: "decoder.onnx"
max_batch_size: 8
input { name: "ids" data_type: TYPE_INT64 dims: [ -1, -1 ] }
output { name: "image" data_type: TYPE_FP32 dims: [ 3, -1, -1 ] }
dynamic_batching { }
`,
    );
    expect(await config('tiny-denoiser')).toContain('max_batch_size: 0');
    const [, quoted] = /string_value: (".*") \} \}/.exec(await config('tiny-encoder')) ?? [];
    expect(JSON.parse(quoted!)).toBe(await readFile(path.join(TINY, 'manifest.json'), 'utf8'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

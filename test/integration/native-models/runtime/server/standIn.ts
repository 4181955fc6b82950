import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import path from 'node:path';
import { Tensor } from '../../../../../native-models/runtime/onnxruntime.ts';
import type { Session } from '../../../../../native-models/runtime/session.ts';
import { sessionFactory } from '../../../../../native-models/runtime/sessions.ts';

// A server of the Open Inference Protocol over a package folder, written from the specification and not with what is tested.

const WIRE = { float32: 'FP32', int64: 'INT64' } as const;

export interface StandIn {
  readonly url: string;
  /** What was asked, such as `POST v2/models/tiny-denoiser/infer`. */
  readonly asked: string[];
  /** Does something else with the next requests than answering them, until it gives false. */
  misbehave: (request: IncomingMessage, response: ServerResponse) => boolean;
  stop(): Promise<void>;
}

export interface StandInOptions {
  readonly binary?: boolean;
  readonly tellsManifest?: boolean;
  readonly tellsModels?: boolean; // lists them, as Triton does
  readonly token?: string;
  readonly sleep?: number; // ms before each answer of the denoiser
}

/** Serves the models of a package folder of this id. */
export async function serve(
  folder: string,
  id: string,
  { binary = true, tellsManifest = true, tellsModels = true, token, sleep = 0 }: StandInOptions = {},
): Promise<StandIn> {
  const sessions = new Map<string, Promise<Session>>();
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    asked.push(`${request.method!} ${request.url!.slice(1)}`);
    if (standIn.misbehave(request, response)) return;
    void answer(request, response);
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const json = (status: number, value: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    if (token !== undefined && request.headers.authorization !== `Bearer ${token}`) {
      json(401, { error: 'no' });
      return;
    }
    const url = request.url!;
    if (url === '/v2') {
      json(200, { name: 'stand-in', version: '1', extensions: binary ? ['binary_tensor_data'] : [] });
      return;
    }
    if (url === '/v2/repository/index' && tellsModels) {
      json(
        200,
        ['denoiser', 'encoder', 'decoder'].map((role) => ({ name: `${id}-${role}`, state: 'READY' })),
      );
      return;
    }
    const [, model = '', rest = ''] = /^\/v2\/models\/([^/]+)\/?(.*)$/.exec(url) ?? [];
    const role = model.startsWith(`${id}-`) ? model.slice(id.length + 1) : null;
    if (role === null || !/^(encoder|decoder|denoiser)$/.test(role)) {
      json(404, { error: `unknown model ${model}` });
      return;
    }
    if (rest === 'config') {
      if (!tellsManifest) json(404, { error: 'no such path' });
      else {
        const manifest = await readFile(path.join(folder, 'manifest.json'), 'utf8');
        json(200, { name: model, parameters: { tessera_manifest: { string_value: manifest } } });
      }
      return;
    }
    const session = await (sessions.get(role) ?? opened(role));
    if (rest === '') {
      const told = (list: Session['inputMetadata']) =>
        list.map((value) => ({
          name: value.name,
          datatype: value.isTensor ? WIRE[value.type as 'float32'] : '',
          shape: value.isTensor ? value.shape.map((size) => (typeof size === 'number' ? size : -1)) : [],
        }));
      json(200, { name: model, inputs: told(session.inputMetadata), outputs: told(session.outputMetadata) });
      return;
    }
    if (role === 'denoiser' && sleep > 0) await setTimeout(sleep);
    const results = await session.run(feedsOf(request, body));
    const outputs = Object.entries(results).map(([name, value]) => ({ name, tensor: value }));
    if (!binary) {
      json(200, {
        outputs: outputs.map(({ name, tensor }) => ({
          ...about(name, tensor),
          data: Array.from(tensor.data as Float32Array, Number),
        })),
      });
      return;
    }
    const parts = outputs.map(({ tensor: { data } }) => {
      const { buffer, byteOffset, byteLength } = data as Float32Array;
      return Buffer.from(buffer, byteOffset, byteLength);
    });
    const head = Buffer.from(
      JSON.stringify({
        outputs: outputs.map(({ name, tensor }, i) => ({
          ...about(name, tensor),
          parameters: { binary_data_size: parts[i]!.length },
        })),
      }),
    );
    response.writeHead(200, { 'Inference-Header-Content-Length': `${head.length}` });
    response.end(Buffer.concat([head, ...parts]));
  }

  function opened(role: string): Promise<Session> {
    const session = sessionFactory({ provider: 'cpu' }).create(path.join(folder, `${role}.onnx`), role);
    sessions.set(role, session);
    return session;
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const standIn: StandIn = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    misbehave: () => false,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      for (const session of sessions.values()) await (await session).release();
      sessions.clear();
    },
  };
  return standIn;
}

interface AskedInput {
  readonly name: string;
  readonly shape: number[];
  readonly datatype: 'FP32' | 'INT64';
  readonly data?: number[];
  readonly parameters?: { readonly binary_data_size: number };
}

function feedsOf({ headers }: IncomingMessage, body: Buffer): Record<string, Tensor> {
  const length = Number(headers['inference-header-content-length'] ?? body.length);
  const { inputs } = JSON.parse(body.subarray(0, length).toString()) as { inputs: AskedInput[] };
  let at = length;
  const feeds: Record<string, Tensor> = {};
  for (const { name, shape, datatype, data, parameters } of inputs) {
    const bytes = body.subarray(at, (at += parameters?.binary_data_size ?? 0));
    const own = new Uint8Array(bytes).buffer;
    feeds[name] =
      datatype === 'FP32'
        ? new Tensor('float32', data ? Float32Array.from(data) : new Float32Array(own), shape)
        : new Tensor('int64', data ? BigInt64Array.from(data, BigInt) : new BigInt64Array(own), shape);
  }
  return feeds;
}

function about(name: string, { type, dims }: Tensor) {
  return { name, datatype: WIRE[type as 'float32'], shape: dims };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts);
}

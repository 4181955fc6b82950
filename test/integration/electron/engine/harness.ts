import path from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { EngineApi } from '../../../../core/contract/engineApi.ts';
import type { HostMessage } from '../../../../core/contract/engineHost.ts';
import { TesseraError } from '../../../../core/base/errors.ts';
import type { RpcMessage } from '../../../../core/contract/rpc.ts';
import { createRpcClient, type RpcClient } from '../../../../core/contract/rpcClient.ts';
import type { CodecThread } from '../../../../electron/engine/codec/codec.ts';
import { serveCodec } from '../../../../electron/engine/codec/thread.ts';
import { startEngine } from '../../../../electron/engine/engine.ts';
import type { Serving } from '../../../../electron/engine/serve.ts';
import type { HostPort, WindowPort } from '../../../../electron/engine/ports.ts';
import { embeddedPackages } from '../../../../native-models/runtime/findPackages.ts';

/** The engine in this process, with main and windows played by a test. */
export interface TestEngine {
  readonly engine: Serving;
  tell(message: HostMessage): void;
  /** What a window has: a client, and the way to close its port. */
  connect(): RpcClient<EngineApi> & { close(): void };
  stop(): void;
}

/** @param folders of packages; the embedded ones if left out */
export function testEngine(folders = [embeddedPackages(path.resolve('.'))]): TestEngine {
  type Told = Parameters<Parameters<HostPort['on']>[1]>[0];
  const open: MessagePort[] = [];
  let hear: (told: Told) => void = () => undefined;
  const engine = startEngine({ on: (_event, listener) => (hear = listener) }, () => localCodec(open));
  hear({ data: { kind: 'packages', folders }, ports: [] });
  return {
    engine,
    tell(message) {
      hear({ data: message, ports: [] });
    },
    connect() {
      const { port1, port2 } = new MessageChannel();
      open.push(port1);
      hear({ data: { kind: 'port' }, ports: [asWindowPort(port2)] });
      const client = createRpcClient<EngineApi>((method) => new TesseraError('internal', `Lost ${method}.`));
      port1.on('message', (message: RpcMessage) => {
        client.receive(message);
      });
      client.connect(port1);
      return {
        ...client,
        close() {
          port1.close();
        },
      };
    },
    stop() {
      for (const port of open) port.close();
    },
  };
}

/** Node's ports give data where Electron's give events. */
function asWindowPort(port: MessagePort): WindowPort {
  return {
    postMessage(message) {
      port.postMessage(message);
    },
    on(event: 'message' | 'close', listener: (event: { data: unknown }) => void) {
      port.on(event, (data: unknown) => {
        listener({ data });
      });
    },
    start() {
      port.start();
    },
  };
}

/** The codec in this thread: a thread of its own would need a bundle. */
function localCodec(open: MessagePort[]): CodecThread {
  const { port1, port2 } = new MessageChannel();
  open.push(port1);
  serveCodec(port2);
  return {
    port: port1,
    listen(onMessage, onEnd) {
      port1.on('message', onMessage);
      port1.on('close', onEnd);
    },
    end() {
      port1.close();
    },
  };
}

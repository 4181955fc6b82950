import {
  type Bridge,
  type Helper,
  helperFor,
  type Outcome,
  PORT_MESSAGES,
} from '../../core/contract/bridge.ts';
import type { EngineClient, MainClient } from '../../core/contract/clients.ts';
import { METHOD_DESCRIPTIONS } from '../../core/contract/methodDescriptions.ts';
import type { EngineApi, EngineMethod } from '../../core/contract/engineApi.ts';
import { fromErrorShape, TesseraError } from '../../core/base/errors.ts';
import type { RpcMessage } from '../../core/contract/rpc.ts';
import { createRpcClient } from '../../core/contract/rpcClient.ts';

/** The asking end of the ports of the engine and of the recovery process. */
export interface ConnectableEngine extends EngineClient {
  /**
   * Asks a helper by this port from now on: it was started, or started again. Calls that the old one did not answer
   * fail; calls before the first port wait for it.
   */
  connect(helper: Helper, port: MessagePort): void;
}

export function createEngineClient(): ConnectableEngine {
  const ends: Readonly<Record<Helper, End>> = { engine: createEnd(), recovery: createEnd() };
  return {
    call: (method, params, options) => ends[helperFor(method)].call(method, params, options),
    connect(helper, port) {
      ends[helper].connect(port);
    },
  };
}

interface End extends EngineClient {
  connect(port: MessagePort): void;
}

function createEnd(): End {
  const client = createRpcClient<EngineApi>(engineLost);
  let stopListening: AbortController | null = null;
  return {
    call: (method, params, options) => client.call(method, params, options),
    connect(port) {
      stopListening?.abort(); // what a process said before it died is of no use
      stopListening = new AbortController();
      const { signal } = stopListening;
      const receive = ({ data }: MessageEvent<RpcMessage>): void => {
        client.receive(data);
      };
      port.addEventListener('message', receive, { signal });
      port.start();
      client.connect(port);
    },
  };
}

function engineLost(method: string): TesseraError {
  const description = METHOD_DESCRIPTIONS[method as EngineMethod];
  return new TesseraError(
    'internal',
    `The engine stopped while ${description}; it was started again.`,
    'Try again.',
  );
}

const HELPERS: readonly Helper[] = ['engine', 'recovery'];

/** The engine and the recovery process, by the ports that the preload script hands to this page, now and whenever one is started again. */
export function connectEngine(page: Window): EngineClient {
  const client = createEngineClient();
  page.addEventListener('message', ({ source, data, ports }: MessageEvent<unknown>) => {
    const [port] = ports;
    const helper = HELPERS.find((each) => PORT_MESSAGES[each] === data);
    if (source === page && helper && port) client.connect(helper, port);
  });
  return client;
}

/** Main as the window reaches it. */
export function createMainClient(bridge: Bridge): MainClient {
  return {
    call: async (method, params) => valueOf(await bridge.call(method, params)),
    on: (event, listener) => bridge.on(event, listener),
    dropped: async (file) => valueOf(await bridge.dropped(file)),
  };
}

function valueOf<T>(outcome: Outcome<T>): T {
  if ('error' in outcome) throw fromErrorShape(outcome.error);
  return outcome.ok;
}

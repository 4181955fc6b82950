import { type Helper, helperFor } from '../../core/contract/bridge.ts';
import type { EngineClient } from '../../core/contract/clients.ts';
import { METHOD_DESCRIPTIONS } from '../../core/contract/methodDescriptions.ts';
import type { EngineApi, EngineMethod } from '../../core/contract/engineApi.ts';
import { TesseraError } from '../../core/base/errors.ts';
import type { RpcMessage } from '../../core/contract/rpc.ts';
import { createRpcClient } from '../../core/contract/rpcClient.ts';

/** The asking end of the ports of the engine and of the keeper. */
export interface ConnectableEngine extends EngineClient {
  /**
   * Asks a helper by this port from now on: it was started, or started again. Calls that the old one did not answer
   * fail; calls before the first port wait for it.
   */
  connect(helper: Helper, port: MessagePort): void;
}

export function createEngineClient(): ConnectableEngine {
  const ends: Readonly<Record<Helper, End>> = { engine: createEnd(), keeper: createEnd() };
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

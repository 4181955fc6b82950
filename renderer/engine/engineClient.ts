import type { EngineClient } from '../../core/contract/clients.ts';
import { DOING } from '../../core/contract/doing.ts';
import type { EngineApi, EngineMethod } from '../../core/contract/engineApi.ts';
import { TesseraError } from '../../core/base/errors.ts';
import type { RpcMessage } from '../../core/contract/rpc.ts';
import { createRpcClient } from '../../core/contract/rpcClient.ts';

/** The asking end of the engine's ports. */
export interface ConnectableEngine extends EngineClient {
  /**
   * Asks by this port from now on: the engine was started, or started again. Calls that the old one did not answer
   * fail; calls before the first port wait for it.
   */
  connect(port: MessagePort): void;
}

export function createEngineClient(): ConnectableEngine {
  const client = createRpcClient<EngineApi>(engineLost);
  let stopListening: AbortController | null = null;
  return {
    call: (method, params, options) => client.call(method, params, options),
    connect(port) {
      stopListening?.abort(); // what an engine said before it died is of no use
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
  const doing = DOING[method as EngineMethod];
  return new TesseraError(
    'internal',
    `The engine stopped while ${doing}; it was started again.`,
    'Try again.',
  );
}

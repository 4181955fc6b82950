import type { Bridge, Outcome } from '../../core/contract/bridge.ts';
import type { MainClient } from '../../core/contract/clients.ts';
import { fromErrorShape } from '../../core/base/errors.ts';

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

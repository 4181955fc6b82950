import type { Bridge, Outcome } from '../../core/ipc/bridge.ts';
import type { MainClient } from '../../core/ipc/clients.ts';
import { fromErrorShape } from '../../core/ipc/errors.ts';
import type { FileGrant } from '../../core/ipc/mainApi.ts';

/** Main as the window reaches it, and files that are dropped onto the window. */
export interface WindowClient extends MainClient {
  /** The grant for a dropped file (a DOM File). Rejects with a TesseraError where it is none that can be opened. */
  dropped(file: File): Promise<FileGrant>;
}

export function createMainClient(bridge: Bridge): WindowClient {
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

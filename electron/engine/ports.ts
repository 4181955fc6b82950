import type { HostMessage } from '../../core/contract/engineHost.ts';
import type { RpcMessage } from '../../core/contract/rpc.ts';

/** The part of Electron's MessagePortMain that the engine uses. */
export interface WindowPort {
  postMessage(message: RpcMessage): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
  start(): void;
}

/** The part of Electron's ParentPort that the engine uses; Electron's types would bring all of Electron here. */
export interface HostPort {
  on(
    event: 'message',
    listener: (event: { readonly data: HostMessage; readonly ports: readonly WindowPort[] }) => void,
  ): void;
}

import type { CallOptions } from './clients.ts';
import { fromErrorShape, TesseraError } from '../base/errors.ts';
import type { Port, RpcMessage } from './rpc.ts';

/** Methods by name: what each takes, tells meanwhile and ends with. */
export type Methods<Api> = {
  readonly [M in keyof Api]: {
    readonly params: unknown;
    readonly progress: unknown;
    readonly result: unknown;
  };
};

/** The asking end of a port. */
export interface RpcClient<Api extends Methods<Api>> {
  /**
   * Asks for something. An abort rejects at once with 'aborted', and the other end is told. Before the first `connect`
   * calls wait for it.
   */
  call<M extends keyof Api & string>(
    method: M,
    params: Api[M]['params'],
    options?: CallOptions<Api[M]['progress']>,
  ): Promise<Api[M]['result']>;
  /** Takes what came from the other end. */
  receive(message: RpcMessage): void;
  /** Asks by this port from now on. Calls that were sent by another one will not be answered: they fail. */
  connect(port: Port): void;
}

/** A call that has no answer yet. */
interface Pending {
  readonly id: number;
  readonly method: string;
  readonly params: unknown;
  readonly onProgress: ((progress: unknown) => void) | undefined;
  sent: boolean;
  resolve(result: unknown): void;
  reject(error: TesseraError): void;
}

/** @param lost what a call fails with when its answer cannot come any more */
export function createRpcClient<Api extends Methods<Api>>(
  lost: (method: string) => TesseraError,
): RpcClient<Api> {
  const pending = new Map<number, Pending>();
  let port: Port | null = null;
  let count = 0;

  function send(call: Pending): void {
    if (port === null) return;
    const { id, method, params } = call;
    try {
      port.postMessage({ kind: 'call', id, method, params });
      call.sent = true;
    } catch (cause) {
      // A value that cannot be copied, or one too large.
      call.reject(new TesseraError('internal', `"${method}" could not be asked for.`, undefined, { cause }));
    }
  }

  async function start(method: string, params: unknown, options: CallOptions<never>): Promise<unknown> {
    const { signal } = options;
    if (signal?.aborted) throw stopped();
    const id = ++count;
    const onProgress = options.onProgress as Pending['onProgress'];
    let abort: (() => void) | undefined;
    try {
      return await new Promise((resolve, reject) => {
        const call: Pending = { id, method, params, onProgress, sent: false, resolve, reject };
        abort = () => {
          if (call.sent) port?.postMessage({ kind: 'abort', id });
          reject(stopped());
        };
        signal?.addEventListener('abort', abort);
        pending.set(id, call);
        send(call);
      });
    } finally {
      pending.delete(id);
      if (abort) signal?.removeEventListener('abort', abort);
    }
  }

  return {
    call: (method, params, options = {}) => start(method, params, options),
    receive(message) {
      const call = pending.get(message.id);
      if (!call) return; // it was given up
      if (message.kind === 'progress') call.onProgress?.(message.progress);
      else if (message.kind === 'result') call.resolve(message.result);
      else if (message.kind === 'error') call.reject(fromErrorShape(message.error));
    },
    connect(next) {
      port = next;
      for (const call of pending.values()) {
        if (call.sent) call.reject(lost(call.method));
        else send(call);
      }
    },
  };
}

const stopped = (): TesseraError => new TesseraError('aborted', 'Stopped.');

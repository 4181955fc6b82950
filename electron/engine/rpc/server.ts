import { type ErrorShape, TesseraError, toErrorShape } from '../../../core/base/errors.ts';
import type { Port, RpcMessage } from '../../../core/contract/rpc.ts';
import type { Call } from '../handler.ts';

/** Answers any method, or throws. */
export type Answer = (method: string, params: unknown, call: Call<unknown>) => Promise<unknown>;

/** The answering end of a port. */
export interface Server {
  /** Takes what came from the other end; what is no message is ignored. */
  receive(message: unknown): void;
  /** The other end is gone: aborts what it asked for, and answers nothing any more. */
  close(): void;
  /** Answers everything that is under way with an error. */
  fail(error: ErrorShape): void;
}

export function createServer(port: Port, answer: Answer): Server {
  const running = new Map<number, AbortController>();

  /** Says something about a call that has no answer yet. */
  function say(id: number, message: RpcMessage): void {
    if (running.has(id)) port.postMessage(message);
  }

  async function run(id: number, method: string, params: unknown): Promise<void> {
    const controller = new AbortController();
    const { signal } = controller;
    running.set(id, controller);
    const progress = (value: unknown): void => {
      say(id, { kind: 'progress', id, progress: value });
    };
    try {
      const result = await answer(method, params, { signal, progress });
      say(id, { kind: 'result', id, result });
    } catch (error) {
      if (!(error instanceof TesseraError) && !signal.aborted) console.error(`"${method}" failed:`, error);
      say(id, { kind: 'error', id, error: shapeOf(error, signal) });
    } finally {
      running.delete(id);
    }
  }

  return {
    receive(message) {
      if (!isMessage(message)) return;
      if (message.kind === 'abort') running.get(message.id)?.abort();
      else if (!running.has(message.id)) void run(message.id, message.method, message.params);
    },
    close() {
      const controllers = [...running.values()];
      running.clear();
      for (const controller of controllers) controller.abort();
    },
    fail(error) {
      for (const id of running.keys()) say(id, { kind: 'error', id, error });
      running.clear();
    },
  };
}

/** After an abort, whatever a library threw on its way out was the abort. */
function shapeOf(error: unknown, signal: AbortSignal): ErrorShape {
  const shape = toErrorShape(error);
  if (signal.aborted && shape.code === 'internal')
    return toErrorShape(new TesseraError('aborted', 'Stopped.'));
  return shape;
}

function isMessage(message: unknown): message is Extract<RpcMessage, { kind: 'call' | 'abort' }> {
  if (typeof message !== 'object' || message === null) return false;
  const { kind, id, method } = message as Record<string, unknown>;
  return typeof id === 'number' && (kind === 'abort' || (kind === 'call' && typeof method === 'string'));
}

import { METHOD_DESCRIPTIONS } from '../../../core/contract/methodDescriptions.ts';
import { TesseraError, toErrorShape } from '../../../core/base/errors.ts';
import type { Port, RpcMessage } from '../../../core/contract/rpc.ts';
import { createRpcClient, type RpcClient } from '../../../core/contract/rpcClient.ts';
import type { Call } from '../handler.ts';
import { createIdleTimer } from '../idleTimer.ts';
import { createSerialQueue } from '../rpc/serialQueue.ts';
import type { CodecApi, CodecMethod } from './api.ts';

/** Encodes and decodes in a thread of its own, one thing at a time. */
export interface Codec {
  run<M extends CodecMethod>(
    method: M,
    params: CodecApi[M]['params'],
    call: Call<CodecApi[M]['progress']>,
  ): Promise<CodecApi[M]['result']>;
}

/** A thread that answers CodecApi. */
export interface CodecThread {
  readonly port: Port;
  /** @param onEnd called once, when the thread ends by itself */
  listen(onMessage: (message: unknown) => void, onEnd: (cause: unknown) => void): void;
  /** Stops it, whatever it is doing. */
  readonly end: () => void;
}

/** How long to wait. */
export interface CodecTimes {
  readonly idle: number; // ms without work after which the thread and its memory are given back
  readonly hung: number; // ms without a sign of life in the middle of something, after which it counts as hung
}

const MINUTE = 60_000; // ms

export const CODEC_TIMES: CodecTimes = { idle: MINUTE, hung: 5 * MINUTE };

/** A thread at work. */
interface Worker {
  readonly client: RpcClient<CodecApi>;
  readonly died: Promise<unknown>; // with the cause
  readonly end: () => void;
}

/**
 * A codec that works in threads made by `start`. libvips blocks its thread, never gives memory back and has been seen
 * to hang: an abort, a hang or some idle time end the thread, and the next call starts another.
 */
export function createCodec(start: () => CodecThread, times: CodecTimes): Codec {
  const queue = createSerialQueue();
  const idle = createIdleTimer(times.idle, stop);
  let worker: Worker | null = null;

  function stop(): void {
    worker?.end();
    worker = null;
  }

  function atWork(): Worker {
    const thread = start();
    const client = createRpcClient<CodecApi>(stopped);
    client.connect(thread.port);
    const died = new Promise((resolve) => {
      const receive = (message: unknown): void => {
        client.receive(message as RpcMessage);
      };
      thread.listen(receive, (cause) => {
        if (worker === own) worker = null;
        resolve(cause);
      });
    });
    const own: Worker = { client, died, end: thread.end };
    return own;
  }

  async function ask<M extends CodecMethod>(
    method: M,
    params: CodecApi[M]['params'],
    { signal, progress }: Call<CodecApi[M]['progress']>,
  ): Promise<CodecApi[M]['result']> {
    const { client, died } = (worker ??= atWork());
    const watchdog = createWatchdog(times.hung);
    const onProgress = (value: CodecApi[M]['progress']): void => {
      watchdog.alive();
      progress(value);
    };
    try {
      return await Promise.race([
        client.call(method, params, { signal, onProgress }),
        died.then((cause) => Promise.reject(stopped(method, cause))),
        watchdog.hung.then(() => Promise.reject(hung(method))),
      ]);
    } catch (error) {
      const { code } = toErrorShape(error);
      if (code === 'aborted' || code === 'internal') stop(); // it may still be working on it
      throw error;
    } finally {
      watchdog.end();
    }
  }

  return {
    run: (method, params, call) => queue.run(call.signal, () => idle.during(() => ask(method, params, call))),
  };
}

function stopped(method: string, cause?: unknown): TesseraError {
  const message = `The picture codec stopped while ${METHOD_DESCRIPTIONS[method as CodecMethod]}.`;
  return new TesseraError('internal', message, 'Try again.', { cause });
}

function hung(method: CodecMethod): TesseraError {
  return new TesseraError(
    'internal',
    `The picture codec got stuck while ${METHOD_DESCRIPTIONS[method]}, so that was given up.`,
    'Try again, or save the picture anew in another program first.',
  );
}

/** Notices that there has been no sign of life for a while. */
interface Watchdog {
  readonly hung: Promise<void>; // never settles while all is well
  alive(): void;
  end(): void;
}

/** @param timeout ms */
function createWatchdog(timeout: number): Watchdog {
  let expire: () => void;
  let timer: NodeJS.Timeout | undefined;
  const hung = new Promise<void>((resolve) => (expire = resolve));
  const alive = (): void => {
    clearTimeout(timer);
    timer = setTimeout(expire, timeout);
  };
  alive();
  return {
    hung,
    alive,
    end() {
      clearTimeout(timer);
    },
  };
}

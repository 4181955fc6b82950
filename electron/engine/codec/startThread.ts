import { Worker } from 'node:worker_threads';
import { buffersIn } from '../../../core/contract/rpc.ts';
import type { CodecThread } from './codec.ts';

/** Starts a thread from a script that answers CodecApi on its parent port. What is sent to it is moved. */
export function startThread(script: string): CodecThread {
  const worker = new Worker(script);
  worker.unref(); // it does not keep the process alive
  return {
    port: {
      postMessage(message) {
        worker.postMessage(message, buffersIn(message));
      },
    },
    listen(onMessage, onEnd) {
      worker.on('message', onMessage);
      worker.once('error', onEnd);
      worker.once('exit', onEnd);
    },
    end() {
      void worker.terminate();
    },
  };
}

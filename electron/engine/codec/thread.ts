import type { MessagePort } from 'node:worker_threads';
import { buffersIn } from '../../../core/contract/rpc.ts';
import { type Answer, createServer } from '../rpc/server.ts';
import type { CodecApi, CodecMethod } from './api.ts';
import { readMaskTiles, readTiles, writeMaskTiles, writeTiles } from './pictures.ts';

/** Answers CodecApi on a port, and moves what it sends. */
export function serveCodec(port: MessagePort): void {
  const server = createServer(
    {
      postMessage(message) {
        port.postMessage(message, buffersIn(message));
      },
    },
    answer,
  );
  port.on('message', (message) => {
    server.receive(message);
  });
}

type Methods = {
  readonly [M in CodecMethod]: (
    params: CodecApi[M]['params'],
    progress: (progress: CodecApi[M]['progress']) => void,
  ) => Promise<CodecApi[M]['result']>;
};

const methods: Methods = {
  'picture.read': readTiles,
  'picture.write': writeTiles,
  'mask.read': readMaskTiles,
  'mask.write': writeMaskTiles,
};

// The engine is the only one that asks, and it has checked what it passes on.
const answer: Answer = (method, params, { progress }) =>
  methods[method as CodecMethod](params as never, progress);

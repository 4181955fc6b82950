import { isMainThread, parentPort } from 'node:worker_threads';
import type { HostPort } from './ports.ts';

// The engine's process and its codec thread are one script, so that a bundle is one file. Each loads only what it needs:
// onnxruntime-node must not be loaded in a thread.
if (isMainThread) {
  void import('./runEngine.ts').then(({ runEngine }) => {
    runEngine((process as { parentPort?: HostPort }).parentPort!);
  });
} else {
  void import('./codec/thread.ts').then(({ serveCodec }) => {
    serveCodec(parentPort!);
  });
}

import { isMainThread, parentPort } from 'node:worker_threads';
import type { Helper } from '../../core/contract/bridge.ts';
import { endAfterDefects } from './defects.ts';
import { startThread } from './codec/startThread.ts';
import type { HostPort } from './ports.ts';

// The engine, the recovery process and their codec threads are one script, so that a bundle is one file. Each loads only what it
// needs: onnxruntime-node must not be loaded in a thread.
if (!isMainThread) {
  void import('./codec/thread.ts').then(({ serveCodec }) => {
    serveCodec(parentPort!);
  });
} else {
  const [, script, helper] = process.argv as [string, string, Helper | undefined];
  const main = (process as { parentPort?: HostPort }).parentPort!;
  const start = (): ReturnType<typeof startThread> => startThread(script);
  if (helper === 'recovery') {
    void import('./recovery.ts').then(({ startRecovery }) => {
      endAfterDefects(startRecovery(main, start));
    });
  } else {
    void import('./engine.ts').then(({ startEngine }) => {
      endAfterDefects(startEngine(main, start));
    });
  }
}

import { fork } from 'node:child_process';
import path from 'node:path';
import { z } from 'zod';
import { parsePlainJson } from '../../../core/base/json.ts';
import { defaultThreads } from '../../../native-models/runtime/threads.ts';
import type { Context } from '../shared/context.ts';
import type { ModelOptions } from '../shared/options.ts';
import type { EngineLine, EngineSpec, FromEngine } from './messages.ts';

/** Tells a process that it is an engine of several, and which. */
const VARIABLE = 'TESSERA_ENGINE';

const specSchema = z.strictObject({
  server: z.exactOptional(z.string()),
  threads: z.exactOptional(z.number()),
});

/** The engines that the options ask for: one for each server, and processes here, which share the cores. */
export function enginesOf({
  server = [],
  engines,
  threads,
}: Pick<ModelOptions, 'server' | 'engines' | 'threads'>): readonly EngineSpec[] {
  const here = engines ?? (server.length > 0 ? 0 : 1);
  const share = threads ?? Math.max(1, Math.floor(defaultThreads() / Math.max(1, here)));
  return [
    ...server.map((url) => ({ server: url })),
    ...Array.from({ length: here }, () => ({ threads: share })),
  ];
}

/** What this process is an engine of; null for the command line of a person. */
export function engineHere(): EngineSpec | null {
  const text = process.env[VARIABLE];
  return text !== undefined && process.send ? specSchema.parse(parsePlainJson(text)) : null;
}

/** Starts an engine: this command line once more, in a process that asks here for pictures. */
export function startEngine({ root, args }: Pick<Context, 'root' | 'args'>, spec: EngineSpec): EngineLine {
  const child = fork(path.join(root, 'build', 'tessera.mjs'), args, {
    env: { ...process.env, npm_lifecycle_event: '', [VARIABLE]: JSON.stringify(spec) },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  let ended = false;
  return {
    send(message) {
      child.send(message, () => undefined); // to one that has ended; that is told below
    },
    listen(hear) {
      child.on('message', (message) => {
        hear(message as FromEngine);
      });
      child.on('error', gone);
      child.on('exit', gone);
      function gone(): void {
        if (!ended) hear({ kind: 'gone', error: { code: 'internal', message: 'An engine has ended.' } });
      }
    },
    end() {
      ended = true;
      child.kill();
    },
  };
}

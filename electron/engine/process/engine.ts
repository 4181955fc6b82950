import path from 'node:path';
import { findInstalled, listPackages } from '../../../native-models/runtime/findPackages.ts';
import { loadParts } from '../../../native-models/runtime/loadPackage.ts';
import { toErrorShape } from '../../../core/base/errors.ts';
import { answerBy } from './answer.ts';
import { type CodecThread, createCodec } from './codec/codec.ts';
import { createHandlers } from './handlers.ts';
import { createHost } from './host.ts';
import { createPackageStore } from './packages/packageStore.ts';
import type { HostPort, WindowPort } from './ports.ts';
import { createServer, type Server } from './rpc/server.ts';

/** The engine at work. */
export interface Engine {
  /** Answers everything that is under way with an error, before the process ends. */
  fail(error: unknown): void;
}

const MINUTE = 60_000; // ms

/** How long what nobody uses is kept in memory, and how long a codec may say nothing, ms. */
export const TIMES = { packages: 10 * MINUTE, codec: { idle: MINUTE, hung: 5 * MINUTE } };

/**
 * Answers EngineApi on every port that main hands over.
 *
 * @param startCodec starts a thread that encodes and decodes
 */
export function startEngine(main: HostPort, startCodec: () => CodecThread, times = TIMES): Engine {
  const host = createHost();
  const codec = createCodec(startCodec, times.codec);
  const packages = createPackageStore(
    {
      list: () => listPackages(host.packageFolders()),
      isOwn: (folder) => path.dirname(folder) === host.packageFolders()[0],
      open: async (id) => loadParts(await findInstalled(id, host.packageFolders())),
    },
    times.packages,
  );
  const answer = answerBy(createHandlers({ host, codec, packages }));
  const servers = new Set<Server>();

  function serve(port: WindowPort): void {
    const server = createServer(port, answer);
    servers.add(server);
    port.on('message', ({ data }) => {
      server.receive(data);
    });
    port.on('close', () => {
      server.close();
      servers.delete(server);
    });
    port.start();
  }

  main.on('message', ({ data, ports }) => {
    if (data.kind !== 'port') host.learn(data);
    else ports.forEach(serve);
  });
  return {
    fail(error) {
      for (const server of servers) server.fail(toErrorShape(error));
    },
  };
}
